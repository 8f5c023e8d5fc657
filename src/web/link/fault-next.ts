/** Which next step helps against a job's fault, by its code. */
export type FaultNext = 'network' | 'refused' | 'browser' | 'registry' | 'other';

/** Chooses the next step for a fault code of any room; unknown codes get the general one. */
export function faultNext(code: string): FaultNext {
  if (/^images\./.test(code)) return 'registry';
  if (/refus|denied|egress|private/i.test(code)) return 'refused';
  if (/network|fetch|redirect|dns|resolv|timeout|timedOut|unreachable|connect/i.test(code)) return 'network';
  if (/browser|renderer|crash/i.test(code)) return 'browser';
  return 'other';
}
