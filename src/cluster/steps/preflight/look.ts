import { type Look, told } from '../install/index.ts';
import type { PreflightReport, Row } from './types.ts';

/** What the ignition files are is the next step of an installation, so that it does not wait for them here. */
const isOfLaterStep = ({ id }: Row) => id.startsWith('files.ignition/');

/** A report as a step of an installation: done where nothing is red, else waiting for what is; `say` gives a finding's sentence. */
export function lookAtPreflight({ rows }: PreflightReport, say: (row: Row) => string): Look {
  const faults = rows.filter((row) => row.status === 'failed' && !isOfLaterStep(row));
  if (faults.length === 0)
    return { done: true, evidence: [told('preflightPassed', { checks: rows.length })] };
  return {
    done: false,
    waitsFor: faults.map((row) => told('preflightFault', { check: row.title, detail: say(row) })),
    next: told('preflightNext'),
  };
}
