import type { ClusterApi } from '../kube/index.ts';
import { pause } from '../pause.ts';

/** Wakes who waits as soon as a node asks for a certificate, so that nobody waits for the next look. */
export interface Nudge {
  /** Resolves after `ms`, or earlier when there is something to look at; throws the reason of an aborted signal. */
  wait(ms: number, signal: AbortSignal | undefined): Promise<void>;
  stop(): void;
}

const againMs = 2000;

/** Watches the certificate requests of a cluster for as long as it runs; where they cannot be watched, time passes alone. */
export function createNudge(api: ClusterApi): Nudge {
  const end = new AbortController();
  const { signal } = end;
  let wake = () => {};
  const watch = async () => {
    for (;;) {
      try {
        for await (const _ of api.requestsChanging({ signal })) wake();
      } catch {
        // The API comes and goes while the control plane is handed over.
      }
      await pause(againMs, signal);
    }
  };
  void watch().catch(() => undefined);
  return {
    async wait(ms, other) {
      const woken = new Promise<void>((done) => {
        wake = done;
      });
      const over = new AbortController();
      const both = other ? AbortSignal.any([other, over.signal]) : over.signal;
      await Promise.race([woken, pause(ms, both)]);
      over.abort();
    },
    stop: () => end.abort(),
  };
}
