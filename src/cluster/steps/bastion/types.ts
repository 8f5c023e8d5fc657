import type { QueryEvent } from '../../../services/dns/index.ts';
import type { Fetch, FilesState } from '../../../services/files/index.ts';
import type { BalancerState } from '../../../services/lb/index.ts';

/** The services that a bastion runs in one process; the registry is started by whoever has a store. */
export type ServiceName = 'dns' | 'balancer' | 'files';

export interface Listening {
  readonly host: string;
  readonly port: number;
}

/** What a bastion does right now; JSON, without any secret. Times are epoch milliseconds. */
export interface BastionState {
  readonly cluster: string;
  readonly startedAt: number;
  /** Where each service listens; a service that is absent is off, or somebody else's. */
  readonly listening: Partial<Readonly<Record<ServiceName | 'stats', readonly Listening[]>>>;
  readonly balancer?: BalancerState;
  /** Who fetched what, and who asked for what was not meant for it; the newest fetches first. */
  readonly files?: FilesState & { readonly fetches: readonly Fetch[] };
  /** The newest queries first. */
  readonly queries?: readonly QueryEvent[];
  /** True once bootstrap has left the balancer for good. */
  readonly bootstrapLeft: boolean;
  /** Files that nodes will ask for and that are not there. */
  readonly missing: readonly MissingFile[];
}

export interface MissingFile {
  /** Below the file service. */
  readonly path: string;
  /** Where it is looked for; absent for ignition files, which are made. */
  readonly file?: string;
}

/** What can be asked of a running bastion, in its process or from another. */
export interface BastionControl {
  state(): Promise<BastionState>;
  /** Gives a node no new connections; what is open goes on until `deadlineMs`. Resolves as soon as that is so. */
  drain(node: string, deadlineMs?: number): Promise<void>;
  enable(node: string): Promise<void>;
  /**
   * Puts stubs behind the balancer, at the frontends that nobody is using, until `endProbe` or for 30 seconds: who reads the
   * token of one through its port has proven the way. Throws `cluster.probeRuns`, `cluster.noBalancer`.
   */
  probe(): Promise<BalancerProbe>;
  endProbe(): Promise<void>;
  /** Serves what was made or put in its place since: ignition files and images. */
  refresh(): Promise<void>;
}

/** A frontend with a stub behind it, or why there is none. */
export type ProbedFrontend = { readonly frontend: string; readonly port: number } & (
  | { readonly token: string }
  | {
      /** A node is up behind it, it is not known yet whether one is, or a connection is open. */
      readonly busy: 'backendUp' | 'backendUnknown' | 'inUse';
    }
);

export interface BalancerProbe {
  readonly frontends: readonly ProbedFrontend[];
}
