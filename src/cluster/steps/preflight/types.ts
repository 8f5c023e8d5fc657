import type { Clock, HoldfastError, OnProgress } from '../../../kernel/index.ts';
import type { Plan, PlanSecrets } from '../../plan/index.ts';
import type { BastionControl, Listening } from '../bastion/index.ts';
import type { Ignition } from '../ignition/index.ts';

/** What rows are about, in the order in which they are shown. */
export const groups = [
  'machine',
  'ports',
  'names',
  'balancer',
  'registry',
  'files',
  'clock',
  'network',
] as const;
export type Group = (typeof groups)[number];

/** `warning` hinders no installation by itself, or could not be proven; `skipped` was not looked at, for the reason given. */
export type Status = 'passed' | 'failed' | 'warning' | 'skipped';

/** What a check found: its sentence, and the mend where there is one, are those of the finding. */
export interface Verdict {
  readonly status: Status;
  /** Of the table of findings; `localizeError` gives its sentences in a language. */
  readonly finding: HoldfastError;
}

/** One thing that is looked at. */
export interface Check {
  /** Never changes while the plan does not: `names.a.api.openshift4.example.com`. */
  readonly id: string;
  readonly group: Group;
  /** What it is about, in no language: a name, an address with its port, a file. */
  readonly title: string;
  /** Ends with the signal; what it throws makes the row fail. */
  run(signal: AbortSignal): Promise<Verdict>;
}

/** One line of the table. */
export type Row = Omit<Check, 'run'> & Verdict;

export interface PreflightReport {
  /** The zone of the cluster. */
  readonly cluster: string;
  readonly rows: readonly Row[];
  readonly counts: Readonly<Record<Status, number>>;
  /** True where no row failed. */
  readonly ok: boolean;
}

export interface PreflightOptions {
  readonly plan: Plan;
  readonly secrets: PlanSecrets;
  /** The authorities (PEM) that nodes will trust besides the known ones: the plan's bundle, or Holdfast's own. */
  readonly trustBundle?: string;
  /** The bastion that runs on the work folder; undefined where none does. */
  readonly control?: BastionControl;
  readonly ignition: Pick<Ignition, 'current'>;
  /** The work folder, and where images of RHCOS lie. */
  readonly workFolder: string;
  readonly imagesFolder: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Stage `preflight`, in items. */
  readonly onProgress?: OnProgress;
  /** Told of each row as soon as it is there, in no order. */
  readonly onRow?: (row: Row) => void;
  /** How long each check may take; milliseconds, 20 000 where nothing is said. */
  readonly timeoutMs?: number;
  /** Where something really stands; for tests, which may not have the ports that a cluster needs. */
  readonly place?: (wanted: Listening) => Listening;
}

/** What checks look at. */
export interface Scene extends Omit<PreflightOptions, 'onRow' | 'onProgress' | 'timeoutMs'> {
  readonly place: (wanted: Listening) => Listening;
  /** To be done when all checks are over. */
  after(work: () => Promise<void>): void;
}
