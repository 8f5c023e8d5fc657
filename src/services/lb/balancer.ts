import { type Clock, systemClock } from '../../kernel/index.ts';
import type { BackendRuntime } from './backend.ts';
import { lbErrors } from './errors.ts';
import { createFrontend, type FrontendRuntime } from './frontend.ts';
import { createLeave } from './leave.ts';
import { backendsOf, settingsOf } from './settings.ts';
import type { BalancerEvent, BalancerState } from './state.ts';
import { createMetrics } from './stats/metrics.ts';
import { ReadBuffers } from './traffic/read-buffers.ts';
import type { Backend, Frontend, LeaveRule, ListenAddress } from './types.ts';

export interface BalancerOptions {
  readonly frontends: readonly Frontend[];
  /** When temporary backends leave by themselves: all permanent ones up for 60 s where nothing is said; `false` for only when told. */
  readonly leave?: LeaveRule | false;
  /** How long sessions of a temporary backend that left by itself may go on; 10 minutes where nothing is said. */
  readonly leaveDeadlineMs?: number;
  readonly clock?: Clock;
  /** 0 to 1; spreads the checks. */
  readonly random?: () => number;
}

/** What became of the sessions of a backend that was drained. */
export interface DrainReport {
  /** Sessions that were open at the deadline and were reset. */
  readonly cut: number;
}

export interface Balancer {
  /** Begins to check and to listen, each frontend or none; throws `lb.addressInUse` or `lb.listen`. */
  listen(): Promise<readonly (ListenAddress & { readonly frontend: string })[]>;
  /** Takes no more connections, lets sessions go on for `drainMs` (0 where nothing is said), then resets them. */
  close(options?: { readonly drainMs?: number }): Promise<DrainReport>;
  /** Gives a frontend other backends; those that stay keep their state. Throws `lb.noFrontend` and what is wrong with them. */
  setBackends(frontend: string, backends: readonly Backend[]): void;
  /**
   * Gives a backend no new connection in any frontend. Resolves when its sessions are over; those that are open after
   * `deadlineMs` are reset. Throws `lb.noBackend`.
   */
  drain(backend: string, options?: { readonly deadlineMs?: number }): Promise<DrainReport>;
  /** Takes a drained backend back. Throws `lb.noBackend`. */
  enable(backend: string): void;
  state(): BalancerState;
  /** Tells of every event; gives back what ends that. */
  on(listener: (event: BalancerEvent) => void): () => void;
  /** The Prometheus text of the moment. */
  metrics(): Promise<string>;
}

const eventsKept = 100;
/** 16 MiB: what streams in parallel; further streams read in small pieces. */
const largeBuffers = 256;

/** Makes a balancer over TCP; throws where something of it can not be used (`lb.bad…`, `lb.same…`), before anything listens. */
export function createBalancer({
  frontends: wanted,
  leave: leaveRule = { healthy: 'all', holdMs: 60_000 },
  leaveDeadlineMs = 600_000,
  clock = systemClock,
  random = Math.random,
}: BalancerOptions): Balancer {
  const now = () => clock.now();
  const startedAt = now();
  const listeners = new Set<(event: BalancerEvent) => void>();
  const events: BalancerEvent[] = [];
  const buffers = new ReadBuffers(largeBuffers);
  const available = new Map<string, boolean>();
  const leave = leaveRule ? createLeave(leaveRule) : () => [];
  let ticking: NodeJS.Timeout | undefined;
  let closed = false;

  const frontends: readonly FrontendRuntime[] = settingsOf(wanted).map((settings) =>
    createFrontend({
      settings,
      buffers,
      now,
      random,
      onHealth({ settings: { name }, health }, before) {
        const verdict = health.last;
        if (health.status === before.status || !verdict) return;
        tell({
          kind: 'health',
          at: now(),
          frontend: settings.name,
          backend: name,
          health: health.status,
          verdict,
        });
        noteAvailable();
        letLeave();
      },
    }),
  );

  function tell(event: BalancerEvent): void {
    events.unshift(event);
    events.length = Math.min(events.length, eventsKept);
    for (const listener of listeners) listener(event);
  }

  /** Tells once when a frontend lost its last usable backend, and when it has one again. */
  function noteAvailable(): void {
    for (const { name, backends } of frontends) {
      if (backends.some(({ awaited }) => awaited)) continue;
      const is = backends.some(({ usable }) => usable);
      if (available.get(name) === is) continue;
      available.set(name, is);
      tell({ kind: is ? 'available' : 'unavailable', at: now(), frontend: name });
    }
  }

  const states = () => frontends.map((frontend) => frontend.state());

  function letLeave(): void {
    for (const name of leave(states(), now())) void drain(name, leaveDeadlineMs, 'leaves');
  }

  function tick(): void {
    for (const frontend of frontends) frontend.endIdle();
    letLeave();
  }

  function backendsNamed(name: string): readonly BackendRuntime[] {
    const all = frontends.flatMap(({ backends }) => backends);
    const found = all.filter(({ settings }) => settings.name === name);
    if (found.length > 0) return found;
    const known = [...new Set(all.map(({ settings }) => settings.name))].join(', ');
    throw lbErrors.noBackend({ backend: name.slice(0, 253), known: known.slice(0, 1000) });
  }

  /** Told only where something changed; those that wait are placed anew. */
  function setDrained(name: string, drained: boolean, event: BalancerEvent): readonly BackendRuntime[] {
    const found = backendsNamed(name);
    const changed = found.some((backend) => backend.drained !== drained);
    for (const backend of found) backend.drained = drained;
    if (changed) tell(event);
    noteAvailable();
    for (const frontend of frontends) frontend.look();
    return found;
  }

  async function drain(name: string, deadlineMs: number | undefined, by: 'asked' | 'leaves') {
    const drained = setDrained(name, true, { kind: 'drained', at: now(), backend: name, by });
    return cutAfter(
      Promise.all(drained.map(({ open }) => open.empty())),
      () => drained.reduce((sum, { open }) => sum + open.cutAll(), 0),
      deadlineMs,
    );
  }

  function stop(): void {
    clearInterval(ticking);
    for (const frontend of frontends) frontend.stop();
  }

  return {
    async listen() {
      if (closed) throw lbErrors.closed();
      const listening = await Promise.allSettled(
        frontends.map(async (frontend) => ({ ...(await frontend.listen()), frontend: frontend.name })),
      );
      const failed = listening.find((one) => one.status === 'rejected');
      if (failed) {
        closed = true;
        stop();
        throw failed.reason;
      }
      ticking = setInterval(tick, 1000);
      return listening.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    },
    async close({ drainMs = 0 } = {}) {
      closed = true;
      stop();
      return cutAfter(
        Promise.all(frontends.map((frontend) => frontend.empty())),
        () => frontends.reduce((sum, frontend) => sum + frontend.cutAll(), 0),
        drainMs,
      );
    },
    setBackends(name, backends) {
      const frontend = frontends.find((one) => one.name === name);
      if (!frontend) {
        const known = frontends.map((one) => one.name).join(', ');
        throw lbErrors.noFrontend({ frontend: name.slice(0, 253), known: known.slice(0, 1000) });
      }
      frontend.setBackends(backendsOf(name, backends));
      noteAvailable();
    },
    drain: (name, { deadlineMs } = {}) => drain(name, deadlineMs, 'asked'),
    enable(name) {
      setDrained(name, false, { kind: 'enabled', at: now(), backend: name });
    },
    state: () => ({ startedAt, frontends: states(), events: [...events] }),
    on(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    metrics: createMetrics(states),
  };
}

/** Waits for sessions to end; cuts what is left after the deadline, where there is one. */
async function cutAfter(
  empty: Promise<unknown>,
  cutAll: () => number,
  deadlineMs: number | undefined,
): Promise<DrainReport> {
  let cut = 0;
  const timer = deadlineMs === undefined ? undefined : setTimeout(() => (cut = cutAll()), deadlineMs);
  await empty;
  clearTimeout(timer);
  return { cut };
}
