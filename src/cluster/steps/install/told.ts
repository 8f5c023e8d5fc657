import type { DetailValue } from '../../../kernel/index.ts';

/** What an installation can say; the sentences stand in the texts, in both languages. */
export const toldCodes = [
  'releaseMirrored',
  'releaseMissing',
  'mirrorNext',
  'mirrorElsewhere',
  'servicesUp',
  'serviceDown',
  'serveNext',
  'preflightPassed',
  'preflightFault',
  'preflightNext',
  'preflightSkipped',
  'ignitionMade',
  'bootNext',
  'fetchAwaited',
  'fetched',
  'strangeFetch',
  'apiAwaited',
  'apiNext',
  'apiUp',
  'apiAway',
  'mastersAwaited',
  'mastersSeen',
  'bootstrapAwaited',
  'bootstrapNext',
  'bootstrapDone',
  'sessionsAwaited',
  'drainNext',
  'drained',
  'nothingToDrain',
  'workersAwaited',
  'reimageNext',
  'workersSeen',
  'noWorkers',
  'nodesAwaited',
  'nodeNotReady',
  'requestLeft',
  'nodesReady',
  'operatorsAwaited',
  'operatorAwaited',
  'versionProgress',
  'operatorsUp',
  'consoleAwaited',
  'handedOver',
  'late',
  'gathered',
  'planChanged',
] as const;

export type ToldCode = (typeof toldCodes)[number];

/** One thing that is told: a code of the catalog, and what its sentence is filled from. */
export interface Told {
  readonly code: ToldCode;
  readonly details: Readonly<Record<string, DetailValue>>;
}

/** Makes one. */
export const told = (code: ToldCode, details: Told['details'] = {}): Told => ({ code, details });
