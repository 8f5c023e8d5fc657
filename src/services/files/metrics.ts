import { Counter, Gauge, Registry } from 'prom-client';
import type { Fetch } from './types.ts';

/** The measures of one service, in a registry of their own. */
export interface FilesMetrics {
  readonly contentType: string;
  /** The Prometheus text of the moment. */
  text(): Promise<string>;
}

/** Makes the measures; `connections` and `running` are asked when somebody looks. */
export function createFilesMetrics(now: { connections(): number; running(): number }) {
  const registry = new Registry();
  const registers = [registry];
  const fetches = new Counter({
    name: 'holdfast_files_fetches_total',
    help: 'Fetches that ended',
    labelNames: ['status', 'verdict', 'complete'] as const,
    registers,
  });
  const sent = new Counter({
    name: 'holdfast_files_sent_bytes_total',
    help: 'Bytes of files and ranges that were sent',
    registers,
  });
  new Gauge({
    name: 'holdfast_files_connections',
    help: 'Open connections',
    registers,
    collect() {
      this.set(now.connections());
    },
  });
  new Gauge({
    name: 'holdfast_files_running',
    help: 'Fetches under way',
    registers,
    collect() {
      this.set(now.running());
    },
  });
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    ended({ status, verdict, complete, sentBytes }: Fetch) {
      fetches.inc({ status, verdict, complete: String(complete) });
      sent.inc(sentBytes);
    },
  };
}
