import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { AnswerSource } from '../types.ts';
import { rcodeName, typeLabel } from '../wire/codes.ts';

/** A count that is raised on the hot path without labels being put together. */
export interface Tally {
  count: number;
}

/** Why a packet got no answer, or something else that is only counted. */
export type Oddity = 'unreadable' | 'denied' | 'fault' | 'not_logged' | 'tcp_refused' | 'send_failed';

export interface Measures {
  tally(type: number, rcode: number, source: AnswerSource): Tally;
  note(oddity: Oddity): void;
  upstream(title: string, outcome: string, seconds: number): void;
  /** Takes the measures out of the registry. */
  remove(): void;
}

/** What is read only when the measures are asked for. */
export interface Gauges {
  cacheEntries(): number;
  cacheBytes(): number;
  tcpConnections(): number;
}

/** Registers the measures of a server; without a registry they are counted and told to nobody. */
export function createMeasures(registry: Registry | undefined, gauges: Gauges): Measures {
  const registers = registry ? [registry] : [];
  const tallies = new Map<string, Tally & { type: string; rcode: string; source: AnswerSource }>();
  const oddities = new Map<Oddity, number>();
  const names = [
    new Counter({
      name: 'holdfast_dns_queries_total',
      help: 'Answered queries by type, response code and where the answer came from',
      labelNames: ['type', 'rcode', 'source'] as const,
      registers,
      collect() {
        this.reset();
        for (const { count, ...labels } of tallies.values()) this.inc(labels, count);
      },
    }),
    new Counter({
      name: 'holdfast_dns_oddities_total',
      help: 'Packets without an answer and other things out of order, by what they are',
      labelNames: ['what'] as const,
      registers,
      collect() {
        this.reset();
        for (const [what, count] of oddities) this.inc({ what }, count);
      },
    }),
    gauge('cache_entries', 'Answers of upstreams in the cache', gauges.cacheEntries),
    gauge('cache_bytes', 'Memory of the cache, about', gauges.cacheBytes),
    gauge('tcp_connections', 'Open TCP connections', gauges.tcpConnections),
  ];
  const latency = new Histogram({
    name: 'holdfast_dns_upstream_seconds',
    help: 'How long an upstream took, by how it ended',
    labelNames: ['upstream', 'outcome'] as const,
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });

  function gauge(name: string, help: string, read: () => number) {
    return new Gauge({
      name: `holdfast_dns_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  }

  return {
    tally(type, rcode, source) {
      const labels = { type: typeLabel(type), rcode: rcodeName(rcode), source };
      const key = `${labels.type} ${labels.rcode} ${source}`;
      const found = tallies.get(key);
      if (found) return found;
      const made = { ...labels, count: 0 };
      tallies.set(key, made);
      return made;
    },
    note: (oddity) => void oddities.set(oddity, (oddities.get(oddity) ?? 0) + 1),
    upstream: (upstream, outcome, seconds) => latency.observe({ upstream, outcome }, seconds),
    remove() {
      for (const { name } of [...names, latency] as unknown as { name: string }[]) {
        registry?.removeSingleMetric(name);
      }
    },
  };
}
