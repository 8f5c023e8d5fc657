import { Counter, Gauge, Registry } from 'prom-client';
import type { BackendState, FrontendState } from '../state.ts';

interface Measure {
  readonly help: string;
  readonly labels: readonly string[];
  /** Every value with its labels, in their order. */
  readonly values: (frontends: readonly FrontendState[]) => readonly (readonly [readonly string[], number])[];
}

const ofBackends = (help: string, value: (backend: BackendState) => number): Measure => ({
  help,
  labels: ['frontend', 'backend'],
  values: (frontends) =>
    frontends.flatMap(({ name, backends }) =>
      backends.map((backend) => [[name, backend.name], value(backend)] as const),
    ),
});

const ofFrontends = (help: string, value: (frontend: FrontendState) => number): Measure => ({
  help,
  labels: ['frontend'],
  values: (frontends) => frontends.map((frontend) => [[frontend.name], value(frontend)] as const),
});

const measures: Readonly<Record<string, Measure>> = {
  available: ofFrontends('1 while a backend is usable', ({ available }) => Number(available)),
  connections: ofFrontends('Open connections of clients', ({ connections }) => connections),
  waiting: ofFrontends('Connections that wait for a backend', ({ waiting }) => waiting),
  backend_up: ofBackends('1 while checks pass', ({ health }) => Number(health === 'up')),
  backend_drained: ofBackends('1 while it gets no new connections', ({ drained }) => Number(drained)),
  backend_share: ofBackends('Part of its weight during its slow start', ({ share }) => share),
  sessions: ofBackends('Open sessions', ({ sessions }) => sessions),
  sessions_total: ofBackends('Sessions since the start', ({ sessionsTotal }) => sessionsTotal),
  connect_errors_total: ofBackends('Connects that failed', ({ connectErrors }) => connectErrors),
  bytes_from_clients_total: ofBackends('Bytes from clients', ({ bytesFromClients }) => bytesFromClients),
  bytes_to_clients_total: ofBackends('Bytes to clients', ({ bytesToClients }) => bytesToClients),
  refused_total: {
    help: 'Connections that were refused, by the reason',
    labels: ['frontend', 'reason'],
    values: (frontends) =>
      frontends.flatMap(({ name, refused }) =>
        Object.entries(refused).map(([reason, count]) => [[name, reason], count] as const),
      ),
  },
};

/** The Prometheus text of a balancer; all is read when it is asked for, nothing is counted on the way of the bytes. */
export function createMetrics(states: () => readonly FrontendState[]): () => Promise<string> {
  const registry = new Registry();
  const registers = [registry];
  for (const [shortName, { help, labels, values }] of Object.entries(measures)) {
    const options = { name: `holdfast_lb_${shortName}`, help, labelNames: labels, registers };
    const collected = (measure: Counter | Gauge) => {
      measure.reset();
      for (const [named, value] of values(states())) measure.labels(...named).inc(value);
    };
    if (shortName.endsWith('_total'))
      new Counter({
        ...options,
        collect() {
          collected(this);
        },
      });
    else
      new Gauge({
        ...options,
        collect() {
          collected(this);
        },
      });
  }
  return () => registry.metrics();
}
