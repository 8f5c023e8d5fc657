import { errorText } from '../../../kernel/index.ts';
import { zoneOf } from '../../plan/index.ts';
import { balancerChecks } from './balancer/checks.ts';
import { clockChecks } from './clock/checks.ts';
import { filesChecks } from './files/checks.ts';
import { findings } from './findings.ts';
import { machineChecks } from './machine/checks.ts';
import { nameChecks } from './names/checks.ts';
import { networkChecks } from './network/checks.ts';
import { portChecks } from './ports/checks.ts';
import { registryChecks } from './registry/checks.ts';
import type { Check, PreflightOptions, PreflightReport, Row, Scene, Status, Verdict } from './types.ts';
import { failed, shown } from './verdict.ts';

const atATime = 24;

/**
 * Looks at all that must be right before the first machine boots, many things at a time, and tells all that is wrong at once.
 * Changes nothing that lasts; rejects only with the signal's reason.
 */
export async function runPreflight(options: PreflightOptions): Promise<PreflightReport> {
  const { onRow, onProgress, timeoutMs = 20_000, ...given } = options;
  const signal = options.signal ?? new AbortController().signal;
  const ends: (() => Promise<void>)[] = [];
  const scene: Scene = { place: (wanted) => wanted, ...given, after: (work) => void ends.push(work) };
  const rows: Row[] = [];
  try {
    const checks = (
      await Promise.all(
        [
          machineChecks,
          portChecks,
          nameChecks,
          balancerChecks,
          registryChecks,
          filesChecks,
          clockChecks,
          networkChecks,
        ].map(async (checksOf) => checksOf(scene)),
      )
    ).flat();
    let done = 0;
    let next = 0;
    const work = async () => {
      for (let at = next++; at < checks.length; at = next++) {
        const { run, ...about } = checks[at]!;
        const row: Row = { ...about, ...(await verdictOf({ run, ...about }, timeoutMs, signal)) };
        signal.throwIfAborted();
        rows[at] = row;
        done++;
        onRow?.(row);
        onProgress?.({ stage: 'preflight', done, total: checks.length, unit: 'items' });
      }
    };
    await Promise.all(Array.from({ length: Math.min(atATime, checks.length) }, work));
  } finally {
    for (const end of ends) await end().catch(() => undefined);
  }
  return reportOf(zoneOf(options.plan), rows);
}

async function verdictOf({ run }: Check, timeoutMs: number, signal: AbortSignal): Promise<Verdict> {
  const late = AbortSignal.timeout(timeoutMs);
  const ending = AbortSignal.any([signal, late]);
  const ended = new Promise<never>((_, reject) => {
    ending.addEventListener('abort', () => reject(ending.reason), { once: true });
  });
  try {
    return await Promise.race([run(ending), ended]);
  } catch (error) {
    if (late.aborted) return failed(findings.tooLong({ seconds: timeoutMs / 1000 }));
    return failed(findings.broken({ detail: shown(errorText(error), 300) }));
  }
}

function reportOf(cluster: string, rows: readonly Row[]): PreflightReport {
  const count = (status: Status) => rows.filter((row) => row.status === status).length;
  const counts = {
    passed: count('passed'),
    failed: count('failed'),
    warning: count('warning'),
    skipped: count('skipped'),
  };
  return { cluster, rows, counts, ok: counts.failed === 0 };
}
