import type { Plan } from '../../cluster/plan/index.ts';
import type { BastionState, Freshness, Generation, InstallView } from '../../cluster/steps/index.ts';
import type { HoldfastError } from '../../kernel/index.ts';

/** Everything that is known of one cluster at one moment; what could not be read is a fault, and the rest stands. */
export interface ClusterFacts {
  readonly zone: string;
  /** When this was so; epoch milliseconds. */
  readonly at: number;
  /** Absent where none is kept, or it cannot be read. */
  readonly plan?: Plan;
  /** Absent without a plan, or where the journal cannot be read. */
  readonly install?: InstallView;
  /** Generations of ignition files, the oldest first. */
  readonly generations: readonly (Generation & { readonly freshness: Freshness })[];
  /** Absent where no bastion answers. */
  readonly bastion?: BastionState;
  /** True where the bastion runs in the process of this server. */
  readonly bastionIsHere: boolean;
  readonly faults: readonly HoldfastError[];
}

/** The clusters that a server knows. */
export interface ClusterViews {
  /** True where there is any; costs next to nothing. */
  any(): Promise<boolean>;
  /** By zone, at most a hundred. */
  list(): Promise<readonly ClusterFacts[]>;
  /** Undefined for a zone that is not known; nothing that is damaged or away makes it fail. */
  find(zone: string): Promise<ClusterFacts | undefined>;
}
