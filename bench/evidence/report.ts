import { machineLine, table } from '../lib/evidence-file.ts';
import { median, percentile } from '../lib/statistics.ts';
import type { Finding } from './check.ts';
import type { RepeatFigures } from './repeat.ts';

export interface RunFigures {
  readonly findings: readonly Finding[];
  readonly wallMs: number;
  readonly cpuSeconds: number;
  readonly peakMemoryBytes: number;
  readonly storeBytes: number;
  readonly databaseBytes: number;
  readonly repeat: RepeatFigures;
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0);
const seconds = (ms: number) => (ms / 1000).toFixed(2);

function bySite(findings: readonly Finding[]): string {
  const names = [...new Set(findings.map(({ page }) => page.site.name))];
  const rows = names.map((name) => {
    const own = findings.filter(({ page }) => page.site.name === name);
    const snapshots = own.flatMap(({ link }) => link?.snapshot ?? []);
    const durations = snapshots.map(({ measures }) => measures.durationMs);
    const count = (verdict: string) => snapshots.filter((one) => one.verdict === verdict).length;
    const others = ['not-found', 'truncated', 'blank', 'failed'].flatMap((verdict) =>
      count(verdict) ? `${count(verdict)} ${verdict}` : [],
    );
    return [
      name,
      own.length,
      count('good'),
      others.join(', ') || '–',
      own.reduce((sum, { lost }) => sum + lost.refusedBySite + lost.elsewhere + lost.untrue.length, 0),
      own.filter(({ untrue }) => untrue.length > 0).length,
      seconds(percentile(durations, 0.5)),
      seconds(percentile(durations, 0.95)),
      megabytes(
        snapshots.reduce((sum, { measures }) => sum + measures.sizeBytes, 0) / Math.max(1, snapshots.length),
      ),
    ];
  });
  return table(
    [
      'site',
      'pages',
      'good',
      'other verdicts',
      'resources missing',
      'untrue outcomes',
      'p50 s',
      'p95 s',
      'MB each',
    ],
    rows,
  );
}

/** The part of docs/evidence.md that this run writes. */
export function evidenceReport(figures: RunFigures): string {
  const { findings, wallMs, cpuSeconds, peakMemoryBytes, storeBytes, databaseBytes, repeat } = figures;
  const real = findings.filter(({ page }) => page.kind !== 'odd');
  const untrue = findings.filter((finding) => finding.untrue.length > 0);
  const snapshots = findings.flatMap(({ link }) => link?.snapshot ?? []);
  const durations = snapshots.map(({ measures }) => measures.durationMs);
  const loaded = snapshots.reduce((sum, { measures }) => sum + measures.sizeBytes, 0);
  const lostCount = (kind: 'refusedBySite' | 'elsewhere') =>
    findings.reduce((sum, { lost }) => sum + lost[kind], 0);
  const shares = findings.flatMap(({ textShare }) => (textShare === undefined ? [] : [textShare]));
  return [
    '## Capture',
    `\`npm run evidence\`, ${machineLine()}. ${findings.length} links through the server's own queue: ${real.length} pages of real documentation and JavaScript applications, each site on an address of its own, and ${findings.length - real.length} that are odd on purpose. Every outcome is compared with what the site gave: the verdict, the title, the visible text (median ${median(shares).toFixed(2)} of the source's characters), and each resource that is said to be missing.`,
    bySite(findings),
    table(
      ['', ''],
      [
        ['links with an outcome', `${snapshots.length} of ${findings.length}`],
        ['outcomes that are true', `${findings.length - untrue.length} of ${findings.length}`],
        [
          'resources that are said to be missing',
          `${lostCount('refusedBySite')} that their own site did not give, ${lostCount('elsewhere')} on hosts out of reach, ${findings.reduce((sum, { lost }) => sum + lost.untrue.length, 0)} that were given`,
        ],
        [
          'capture time p50 / p95',
          `${seconds(percentile(durations, 0.5))} s / ${seconds(percentile(durations, 0.95))} s`,
        ],
        ['pages a second, whole run', ((findings.length / wallMs) * 1000).toFixed(2)],
        ['processor time for a page, server and browsers', `${(cpuSeconds / findings.length).toFixed(2)} s`],
        ['peak memory, server and browsers', `${megabytes(peakMemoryBytes)} MB`],
        [
          'store',
          `${megabytes(storeBytes)} MB, ${megabytes(storeBytes / Math.max(1, snapshots.length))} MB for a snapshot`,
        ],
        [
          'bytes that the pages loaded to bytes in the store (with screenshots and PDFs)',
          `${(loaded / storeBytes).toFixed(2)} to 1`,
        ],
        ['database', `${megabytes(databaseBytes)} MB`],
        [
          `${repeat.snapshots} snapshots of ${repeat.pages} unchanged pages against ${repeat.pages}, whole data folder`,
          `${repeat.ratio.toFixed(2)} (${megabytes(repeat.bytesOfAll)} MB to ${megabytes(repeat.bytesOfOne)} MB); asked: at most 1.3`,
        ],
      ],
    ),
    untrue.length === 0
      ? 'No outcome was untrue.'
      : `Untrue outcomes:\n\n${untrue.map(({ page, untrue: lines }) => `- ${page.site.name} \`${new URL(page.url).pathname}\`: ${lines.join('; ').slice(0, 400)}`).join('\n')}`,
  ].join('\n\n');
}
