import { type Checker, startChecker } from './health/checker.ts';
import { faultOf } from './health/fault.ts';
import { afterVerdict, type Health, pauseOf, shareOf, unknownHealth } from './health/health.ts';
import { probe } from './health/probe.ts';
import type { BackendSettings, FrontendSettings } from './settings.ts';
import type { BackendState } from './state.ts';
import type { Candidate } from './traffic/pick.ts';
import { Sessions } from './traffic/sessions.ts';
import type { Verdict } from './types.ts';

export interface BackendDeps {
  readonly frontend: FrontendSettings;
  readonly now: () => number;
  readonly random: () => number;
  /** Told after each verdict; `before` is the health that it changed. */
  readonly onHealth: (backend: BackendRuntime, before: Health) => void;
}

/** A backend of one frontend while the balancer runs. */
export class BackendRuntime implements Candidate {
  settings: BackendSettings;
  readonly open = new Sessions();
  readonly #deps: BackendDeps;
  #health: Health;
  #checker: Checker | undefined;
  #downTimer: NodeJS.Timeout | undefined;
  /** Connects that are under way: they count against the limit as sessions do. */
  connecting = 0;
  connectErrors = 0;
  drained: boolean;
  turn = 0;

  constructor(settings: BackendSettings, deps: BackendDeps) {
    this.settings = settings;
    this.drained = settings.drained;
    this.#deps = deps;
    this.#health = unknownHealth(deps.now());
  }

  get health(): Health {
    return this.#health;
  }

  get sessions(): number {
    return this.open.open + this.connecting;
  }

  get weight(): number {
    const { frontend, now } = this.#deps;
    return this.settings.weight * shareOf(this.#health, frontend.slowStartMs, now());
  }

  /** True where a new connection may go to it, if not now then as soon as one of its sessions ends. */
  get usable(): boolean {
    return !this.drained && this.#health.status === 'up';
  }

  /** True where it is not known yet whether it is usable. */
  get awaited(): boolean {
    return !this.drained && this.#health.status === 'unknown';
  }

  start(): void {
    const { frontend, now, random } = this.#deps;
    const { address, port } = this.settings;
    const { question, timing } = frontend;
    this.#checker = startChecker({
      ask: (signal) => probe({ question, address, port, timeoutMs: timing.timeoutMs }, signal),
      onVerdict: (verdict) => this.#learn(verdict),
      pauseMs: () => pauseOf(this.#health, timing),
      now,
      random,
    });
  }

  /** A connect for a client failed. One failure counts, and a check follows at once: a burst of clients does not decide alone. */
  connectFailed(error: unknown, tookMs: number): void {
    this.connectErrors++;
    const fault = faultOf(error);
    if (!fault) return;
    const first = this.#health.last?.by !== 'traffic';
    if (first) this.#learn({ passed: false, ...fault, at: this.#deps.now(), tookMs, by: 'traffic' });
    if (first) this.#checker?.soon();
  }

  state(): BackendState {
    const { name, address, port, temporary, weight } = this.settings;
    const { status, since, streak, last } = this.#health;
    const { fromClients, toClients } = this.open.bytes();
    return {
      name,
      address,
      port,
      temporary,
      health: status,
      since,
      streak,
      lastVerdict: last ?? null,
      drained: this.drained,
      weight,
      share: Math.round((this.weight / weight) * 100) / 100,
      sessions: this.open.open,
      sessionsTotal: this.open.total,
      connectErrors: this.connectErrors,
      bytesFromClients: fromClients,
      bytesToClients: toClients,
    };
  }

  /** Ends the checks; sessions go on. */
  stop(): void {
    this.#checker?.stop();
    clearTimeout(this.#downTimer);
  }

  #learn(verdict: Verdict): void {
    const { frontend, onHealth } = this.#deps;
    const before = this.#health;
    this.#health = afterVerdict(before, verdict, frontend.timing);
    if (this.#health.status !== before.status) {
      clearTimeout(this.#downTimer);
      if (this.#health.status === 'down' && frontend.closeDownAfterMs !== undefined)
        this.#downTimer = setTimeout(() => void this.open.cutAll(), frontend.closeDownAfterMs);
    }
    onHealth(this, before);
  }
}
