import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeEvidence } from '../lib/evidence-file.ts';
import { startHoldfast } from '../lib/holdfast-server.ts';
import { watchMemory } from '../lib/process-tree.ts';
import { checkPage } from './check.ts';
import { planPages } from './plan.ts';
import { folderBytes, repeatCaptures } from './repeat.ts';
import { evidenceReport } from './report.ts';

/** The share of the pages that `--sample` takes, for trying the run itself. */
const sampleShare = 0.1;

/** Captures real sites unattended, checks every outcome and writes the figures; 1 where an outcome is untrue or the space is over what is asked. */
export async function gatherEvidence(args: readonly string[]): Promise<number> {
  const sample = args.includes('--sample');
  const { sites, pages } = await planPages(sample ? sampleShare : 1);
  const data = await mkdtemp(join(tmpdir(), 'holdfast-evidence-'));
  try {
    const server = await startHoldfast(data);
    const memory = watchMemory(server.pid, 500);
    const startedAt = performance.now();
    await server.add(pages.map(({ url }) => url));
    const links = await server.settled((done, total) =>
      process.stderr.write(`\r${done} of ${total} captured `),
    );
    const wallMs = performance.now() - startedAt;
    const cpuSeconds = server.cpuSeconds();
    await server.idle();
    const peakMemoryBytes = memory.stop();
    const byUrl = new Map(links.map((link) => [link.url, link]));
    const findings = [];
    for (const page of pages) findings.push(await checkPage(server, page, byUrl.get(page.url), sites));
    await server.stop();
    const storeBytes = await folderBytes(join(data, 'store'));
    const databaseBytes = (await folderBytes(data)) - storeBytes;
    process.stderr.write('\nTen snapshots of twenty pages …\n');
    const repeat = await repeatCaptures(sample ? 3 : 10);
    const figures = { findings, wallMs, cpuSeconds, peakMemoryBytes, storeBytes, databaseBytes, repeat };
    const report = evidenceReport(figures);
    process.stdout.write(`${report}\n`);
    // A sample proves nothing that should stand in a document.
    if (!sample) writeEvidence('capture', report);
    return findings.every(({ untrue }) => untrue.length === 0) && repeat.ratio <= 1.3 ? 0 : 1;
  } finally {
    await Promise.all(sites.map((site) => site.close()));
    await rm(data, { recursive: true, force: true });
  }
}
