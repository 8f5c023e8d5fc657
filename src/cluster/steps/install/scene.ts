import type { Clock } from '../../../kernel/index.ts';
import type { Plan } from '../../plan/index.ts';
import type { ClusterApi } from '../kube/index.ts';
import type { Journal } from './journal.ts';
import type { Seen } from './machines.ts';
import type { InstallPorts, Look, LookOptions } from './types.ts';

/** What a step looks at. */
export interface Scene extends Seen {
  readonly plan: Plan;
  readonly ports: InstallPorts;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly options: LookOptions;
  /** Undefined before there is a kubeconfig. */
  readonly api: ClusterApi | undefined;
  /** Why the API gave no answer; empty where it did. */
  readonly apiFault: string;
  readonly bootstrapIsComplete: boolean;
  readonly skipPreflight: boolean;
}

/** Looks at one step; doing it again does no harm. */
export type LookAt = (scene: Scene) => Promise<Look>;
