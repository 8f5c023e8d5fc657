import type { CheckReason, HealthStatus, RefusedReason } from '../types.ts';

/** What the page of a balancer says, in one language. */
export interface StatsWords {
  /** The language as HTML names it. */
  readonly language: string;
  readonly title: string;
  readonly since: string;
  readonly available: string;
  readonly unavailable: string;
  readonly connections: string;
  readonly waiting: string;
  readonly refused: string;
  readonly temporary: string;
  readonly drained: string;
  readonly events: string;
  readonly columns: {
    readonly backend: string;
    readonly address: string;
    readonly health: string;
    readonly lastCheck: string;
    readonly weight: string;
    readonly sessions: string;
    readonly total: string;
    readonly errors: string;
    readonly bytes: string;
  };
  readonly health: Readonly<Record<HealthStatus, string>>;
  readonly reasons: Readonly<Record<CheckReason, string>>;
  readonly refusals: Readonly<Record<RefusedReason, string>>;
  readonly happened: {
    /** `{backend}`, `{frontend}` and `{health}` are filled in. */
    readonly health: string;
    readonly available: string;
    readonly unavailable: string;
    readonly drained: string;
    readonly left: string;
    readonly enabled: string;
  };
}
