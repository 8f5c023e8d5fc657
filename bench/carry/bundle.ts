import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Check } from '../lib/check.ts';
import { median } from '../lib/statistics.ts';
import { memoryCheck } from './memory-check.ts';

/** One step and what it is held against, each the median of the rounds, in milliseconds. */
export interface BundleStep {
  readonly floorMs: number;
  readonly ownMs: number;
}

export interface BundleFigures {
  readonly bytes: number;
  readonly rounds: number;
  /** Against GNU tar over the same blobs, and fsync. */
  readonly export: BundleStep;
  /** Against a copy of the parts, sha256 over it by OpenSSL, and fsync. */
  readonly import: BundleStep;
  /** Against sha256 by OpenSSL over the parts. */
  readonly verify: BundleStep;
  readonly peakBytes: number;
}

const worker = fileURLToPath(new URL('bundle-worker.ts', import.meta.url));

/** Exports, verifies and imports `bytes` in 8 blobs, in rounds with the floors between; needs five times the space in `place`. */
export function measureBundle(bytes = 1024 ** 3, rounds = 3, place: string = tmpdir()): BundleFigures {
  const root = mkdtempSync(join(place, 'holdfast-bench-'));
  const [here, there, bundle, floor] = ['here', 'there', 'bundle', 'floor'].map((name) => join(root, name));
  let peakBytes = 0;
  const own = (step: string, world: string): number => {
    const args = ['--no-warnings', worker, step, world, bundle!, String(bytes)];
    const said = execFileSync(process.execPath, args, { encoding: 'utf8' });
    const { ms, peakBytes: peak } = JSON.parse(said.trim().split('\n').at(-1)!);
    if (step !== 'fill') peakBytes = Math.max(peakBytes, peak);
    return ms;
  };
  const shell = (script: string): number => {
    const startedAt = performance.now();
    execFileSync('sh', ['-ec', script]);
    return performance.now() - startedAt;
  };
  const clear = (...folders: string[]) =>
    shell(`rm -rf ${folders.join(' ')}; mkdir -p ${folders.join(' ')}; sync`);
  const times = { export: [[], []], import: [[], []], verify: [[], []] } as Record<
    string,
    [number[], number[]]
  >;
  const note = (step: string, floorMs: number, ownMs: number) => {
    times[step]![0].push(floorMs);
    times[step]![1].push(ownMs);
  };
  try {
    clear(here!);
    own('fill', here!);
    for (let round = 0; round < rounds; round++) {
      clear(floor!, there!, bundle!);
      const tarMs = shell(`tar -cf ${floor}/tar -C ${here}/store blobs; sync ${floor}/tar`);
      clear(floor!);
      note('export', tarMs, own('export', here!));
      note('verify', shell(`openssl dgst -sha256 ${bundle}/part-*`), own('verify', here!));
      const copyMs = shell(
        `cp ${bundle}/part-* ${floor}; openssl dgst -sha256 ${floor}/part-*; sync ${floor}/part-*`,
      );
      clear(floor!);
      note('import', copyMs, own('import', there!));
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  const stepOf = (name: string): BundleStep => ({
    floorMs: median(times[name]![0]),
    ownMs: median(times[name]![1]),
  });
  return {
    bytes,
    rounds,
    export: stepOf('export'),
    import: stepOf('import'),
    verify: stepOf('verify'),
    peakBytes,
  };
}

/** The figures against what is asked. */
export function bundleChecksOf(figures: BundleFigures): readonly Check[] {
  const atLeast = (asked: string, { floorMs, ownMs }: BundleStep): Check => {
    const value = floorMs / ownMs;
    return { asked: `${asked}: at least 0.70`, shown: value.toFixed(2), passed: value >= 0.7 };
  };
  return [
    atLeast('export against tar + fsync', figures.export),
    atLeast('import against copy + sha256 + fsync', figures.import),
    atLeast('verify against sha256', figures.verify),
    memoryCheck('export, verify and import', figures.peakBytes),
  ];
}
