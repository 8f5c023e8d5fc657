import { writeEvidence } from '../lib/evidence-file.ts';
import { measureEngines, measureMemory, measureThroughput } from './measure.ts';
import { installPeers } from './peers.ts';
import { type CaptureFigures, checksOf, reportOf } from './report.ts';
import { serveTypicalSite } from './typical-site.ts';

/** Measures capture against its floors and its peers in one run; the exit code is 1 where something asked was missed. */
export async function benchCapture(args: readonly string[]): Promise<number> {
  const rounds = Number(args.find((arg) => arg.startsWith('--rounds='))?.slice(9) ?? 2);
  const onStep = (line: string) => process.stderr.write(`${line}\n`);
  installPeers();
  const site = await serveTypicalSite();
  try {
    const engines = await measureEngines(site.pages, { rounds, slowPages: 3, onStep });
    const throughput = await measureThroughput(site.pages, [1, 2, 4, 6]);
    const peakMemoryBytes = await measureMemory(site.pages, 4);
    const figures: CaptureFigures = { pageBytes: site.pageBytes, engines, throughput, peakMemoryBytes };
    const checks = checksOf(figures);
    process.stdout.write(
      args.includes('--json')
        ? `${JSON.stringify({ ...figures, checks }, null, 2)}\n`
        : `${reportOf(figures)}\n`,
    );
    if (args.includes('--write')) writeEvidence('bench capture', reportOf(figures));
    return checks.every(({ passed }) => passed) ? 0 : 1;
  } finally {
    await site.close();
  }
}
