import type { Check } from '../lib/check.ts';
import { machineLine, table, writeEvidence } from '../lib/evidence-file.ts';
import { type BundleFigures, bundleChecksOf, measureBundle } from './bundle.ts';
import { memoryCheck } from './memory-check.ts';
import { type MirrorFigures, measureMirror } from './mirror.ts';
import { missingPackages } from './missing-programs.ts';
import { measureRegistry, type RegistryFigures, registryChecks } from './registry.ts';

interface CarryFigures {
  readonly mirror: MirrorFigures;
  readonly registry: RegistryFigures;
  readonly bundle: BundleFigures;
}

/** Measures how content is carried against other programs, in one run; the exit code is 1 where something asked was missed, 2 where a program is missing. */
export async function benchCarry(args: readonly string[]): Promise<number> {
  const missing = missingPackages();
  if (missing.length > 0) {
    process.stderr.write(`These Debian packages are needed and not here: ${missing.join(' ')}\n`);
    return 2;
  }
  const number = (name: string, otherwise: number) =>
    Number(args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise);
  const sizeBytes = number('mib', 1024) * 2 ** 20;
  const rounds = number('rounds', 3);
  const onStep = (line: string) => process.stderr.write(`${line}\n`);
  const mirror = await measureMirror(sizeBytes, rounds, onStep);
  onStep('pulling');
  const registry = await measureRegistry(rounds);
  onStep('bundles');
  const figures: CarryFigures = { mirror, registry, bundle: measureBundle(sizeBytes, rounds) };
  const checks = checksOf(figures);
  process.stdout.write(
    args.includes('--json')
      ? `${JSON.stringify({ ...figures, checks }, null, 2)}\n`
      : `${reportOf(figures)}\n`,
  );
  if (args.includes('--write')) writeEvidence('bench carry', reportOf(figures));
  return checks.every(({ passed }) => passed) ? 0 : 1;
}

const checksOf = ({ mirror, registry, bundle }: CarryFigures): readonly Check[] => [
  ...mirrorChecks(mirror),
  ...registryChecks(registry),
  ...bundleChecksOf(bundle),
];

function mirrorChecks(it: MirrorFigures): readonly Check[] {
  const ratio = Math.min(it.skopeoCopySeconds, it.skopeoSyncSeconds) / it.holdfastSeconds;
  return [
    {
      asked: 'mirror against skopeo copy and sync, whichever is faster: at least 3 times as fast',
      shown: ratio.toFixed(2),
      passed: ratio >= 3,
    },
    memoryCheck('a mirror', it.peakBytes),
    {
      asked: 'a second mirror with referrers: at most 2 requests for an image',
      shown: String(it.againRequests),
      passed: it.againRequests <= 2,
    },
  ];
}

function reportOf(figures: CarryFigures): string {
  const { mirror: it } = figures;
  const row = (title: string, seconds: number, cpuSeconds: number) => [
    title,
    seconds.toFixed(2),
    Math.round(it.sizeBytes / 2 ** 20 / seconds),
    cpuSeconds.toFixed(2),
    ((cpuSeconds * 2 ** 30) / it.sizeBytes).toFixed(2),
  ];
  return [
    '## Bench carry',
    `\`npm run bench -- carry --write\`, ${machineLine()}. An image of ${Math.round(it.sizeBytes / 2 ** 20)} MiB in 8 blobs that cannot be compressed, from docker-registry on loopback; in turn, medians. Holdfast's time is that of the copy, in a process that runs already as a server does; its bytes are synced to the disk, skopeo's are not.`,
    table(
      ['program', 'seconds', 'MiB a second', 'CPU s', 'CPU s for each GiB'],
      [
        row('Holdfast → store', it.holdfastSeconds, it.holdfastCpuSeconds),
        row('skopeo copy → dir', it.skopeoCopySeconds, it.skopeoCopyCpuSeconds),
        row('skopeo sync → dir', it.skopeoSyncSeconds, it.skopeoSyncCpuSeconds),
      ],
    ),
    table(
      ['asked', 'measured', 'outcome'],
      checksOf(figures).map(({ asked, shown, passed }) => [asked, shown, passed ? 'PASS' : 'MISS']),
    ),
  ].join('\n\n');
}
