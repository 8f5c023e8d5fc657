/** Where a listener stands; port 0 takes any that is free. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** When checks are made: as haproxy's `inter`, `fastinter` and `downinter`; milliseconds. */
export interface CheckTiming {
  /** Between checks of a backend that is up and passed the last one. */
  readonly intervalMs: number;
  /** Between checks while it is on its way up or down. */
  readonly fastIntervalMs: number;
  /** Between checks of a backend that is down. */
  readonly downIntervalMs: number;
  readonly timeoutMs: number;
  /** Checks in a row that must pass before a backend that is down gets connections. */
  readonly rise: number;
  /** Checks in a row that must fail before a backend that is up gets no more. */
  readonly fall: number;
}

/** What is asked of a backend, at its own port unless another is named. Certificates are not verified: the check asks for life, not identity. */
export type CheckQuestion =
  | { readonly kind: 'tcp'; readonly port?: number }
  | {
      readonly kind: 'http' | 'https';
      readonly path: string;
      /** 200 where nothing is said. */
      readonly expectStatus?: number;
      readonly port?: number;
    };

export type Check = CheckQuestion & Partial<CheckTiming>;

export interface Backend {
  /** The same name in several frontends means the same machine: it is drained in all of them. */
  readonly name: string;
  /** An IP address. */
  readonly address: string;
  readonly port: number;
  /** 1 to 256; 100 where nothing is said. */
  readonly weight?: number;
  /** Leaves by itself once the permanent backends carry the traffic, and does not come back until it is enabled. */
  readonly temporary?: boolean;
  /** Begins drained: for a temporary backend that has left before a restart. */
  readonly drained?: boolean;
}

export interface Limits {
  /** Connections of the frontend, those that wait included; more are refused. */
  readonly sessions: number;
  /** Connections to one backend; more wait. */
  readonly sessionsPerBackend: number;
  /** How many connections may wait for a backend; more are refused. */
  readonly queue: number;
  readonly queueTimeoutMs: number;
  readonly connectTimeoutMs: number;
  /** How many other backends are tried after a connect that failed. */
  readonly retries: number;
  /** A session over which nothing went in either direction for so long ends; watches are silent for minutes. */
  readonly idleMs: number;
  /** The same for a session of which one side has ended. */
  readonly halfClosedIdleMs: number;
}

/** One listener and the backends behind it. */
export interface Frontend {
  readonly name: string;
  readonly listen: ListenAddress;
  readonly check: Check;
  readonly backends: readonly Backend[];
  /** `roundrobin` where nothing is said. */
  readonly balance?: 'roundrobin' | 'leastconn';
  /** How long the share of a backend that came up grows until it is whole; 60 s where nothing is said, 0 for none. */
  readonly slowStartMs?: number;
  /** Ends the sessions of a backend that has been down for so long; where nothing is said they go on for as long as they can. */
  readonly closeDownAfterMs?: number;
  readonly limits?: Partial<Limits>;
}

/** When a temporary backend leaves: once so many permanent backends have been up in every frontend that it stands in, for so long. */
export interface LeaveRule {
  readonly healthy: 'all' | number;
  readonly holdMs: number;
}

export type CheckReason =
  | 'passed'
  | 'status'
  | 'refused'
  | 'timeout'
  | 'unreachable'
  | 'reset'
  | 'tls'
  | 'protocol';

/** What a check, or a connect for a client, showed. */
export interface Verdict {
  readonly passed: boolean;
  readonly reason: CheckReason;
  /** The status or the system's word for it, at most 100 characters. */
  readonly detail: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly tookMs: number;
  readonly by: 'check' | 'traffic';
}

export type HealthStatus = 'unknown' | 'up' | 'down';

/** Why a connection of a client came to nothing. */
export type RefusedReason = 'limit' | 'noBackend' | 'queueFull' | 'queueTimeout' | 'connectFailed';
