import type { StepId } from './types.ts';

const minuteMs = 60_000;

/**
 * How long openshift-install itself waits in a version: 20 minutes for the API, 40 for bootstrap and 30 for the operators in 4.5;
 * 20, 30 and 40 in 4.14. Nothing ends here when a limit passes; it is told.
 */
export function limitOf(step: StepId, version: { major: number; minor: number }): number | null {
  const isOld = version.major === 4 && version.minor <= 5;
  if (step === 'bootstrap') return 20 * minuteMs;
  if (step === 'complete') return (isOld ? 40 : 30) * minuteMs;
  if (step === 'operators') return (isOld ? 30 : 40) * minuteMs;
  return null;
}
