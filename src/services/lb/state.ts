import type { CheckQuestion, HealthStatus, Limits, ListenAddress, RefusedReason, Verdict } from './types.ts';

/** A backend of one frontend as it is now. Times are epoch milliseconds. */
export interface BackendState {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly temporary: boolean;
  readonly health: HealthStatus;
  readonly since: number;
  /** Checks in a row that speak against `health`. */
  readonly streak: number;
  readonly lastVerdict: Verdict | null;
  /** Takes no new connections because it was drained or has left. */
  readonly drained: boolean;
  readonly weight: number;
  /** Part of its weight that it has while its slow start lasts: 0.04 to 1. */
  readonly share: number;
  readonly sessions: number;
  readonly sessionsTotal: number;
  readonly connectErrors: number;
  readonly bytesFromClients: number;
  readonly bytesToClients: number;
}

export interface FrontendState {
  readonly name: string;
  readonly listen: ListenAddress;
  readonly balance: 'roundrobin' | 'leastconn';
  readonly check: CheckQuestion;
  /** False while every connection is refused because no backend is usable. */
  readonly available: boolean;
  readonly connections: number;
  readonly waiting: number;
  readonly limits: Limits;
  readonly refused: Readonly<Record<RefusedReason, number>>;
  readonly backends: readonly BackendState[];
}

/** Something that an operator wants to have been told. */
export type BalancerEvent =
  | {
      readonly kind: 'health';
      readonly at: number;
      readonly frontend: string;
      readonly backend: string;
      readonly health: HealthStatus;
      readonly verdict: Verdict;
    }
  | { readonly kind: 'available' | 'unavailable'; readonly at: number; readonly frontend: string }
  | {
      readonly kind: 'drained';
      readonly at: number;
      readonly backend: string;
      readonly by: 'asked' | 'leaves';
    }
  | { readonly kind: 'enabled'; readonly at: number; readonly backend: string };

export interface BalancerState {
  readonly startedAt: number;
  readonly frontends: readonly FrontendState[];
  /** The last ones, newest first. */
  readonly events: readonly BalancerEvent[];
}
