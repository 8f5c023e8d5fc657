import type { Socket } from 'node:net';
import type { BackendRuntime } from './backend.ts';
import type { FrontendSettings } from './settings.ts';
import { startTimeout } from './timeout.ts';
import { linkTo } from './traffic/link.ts';
import { pickLeastConnections, pickRoundRobin } from './traffic/pick.ts';
import type { ReadBuffers } from './traffic/read-buffers.ts';
import { relay } from './traffic/relay.ts';
import { createWaiting } from './traffic/waiting.ts';
import type { RefusedReason } from './types.ts';

interface Call {
  readonly client: Socket;
  /** Backends that could not be reached for it. */
  readonly tried: Set<BackendRuntime>;
}

export interface DispatchDeps {
  readonly settings: FrontendSettings;
  readonly backends: () => readonly BackendRuntime[];
  readonly buffers: ReadBuffers;
  readonly now: () => number;
}

/** Brings each client of a frontend to a backend, lets it wait for one, or refuses it. */
export interface Dispatch {
  readonly connections: number;
  readonly waiting: number;
  readonly refused: Readonly<Record<RefusedReason, number>>;
  accept(client: Socket): void;
  /** To be called when a backend may have become free or usable, or may be neither any more. */
  look(): void;
  /** Refuses all that wait. */
  refuseWaiting(): void;
}

/** Makes the dispatch of one frontend. A client is not read before a backend took its connection, so that another can be tried until then. */
export function createDispatch({ settings, backends, buffers, now }: DispatchDeps): Dispatch {
  const { limits } = settings;
  const refused = { limit: 0, noBackend: 0, queueFull: 0, queueTimeout: 0, connectFailed: 0 };
  const pick = settings.balance === 'leastconn' ? pickLeastConnections : pickRoundRobin;
  const waiting = createWaiting<Call>({ most: limits.queue, timeoutMs: limits.queueTimeoutMs }, (call) =>
    refuse(call.client, 'queueTimeout'),
  );
  let connections = 0;

  function refuse(client: Socket, reason: RefusedReason): void {
    refused[reason]++;
    // A reset tells a client at once and leaves no port in TIME_WAIT, of which a flood would make thousands.
    client.resetAndDestroy();
  }

  const isFree = (backend: BackendRuntime) => backend.usable && backend.sessions < limits.sessionsPerBackend;

  function place(call: Call): void {
    const left = backends().filter((backend) => !call.tried.has(backend));
    const backend = call.tried.size > limits.retries ? undefined : pick(left.filter(isFree));
    if (backend) connectTo(backend, call);
    else if (call.tried.size <= limits.retries && left.some(({ usable, awaited }) => usable || awaited)) {
      if (!waiting.add(call)) refuse(call.client, 'queueFull');
    } else refuse(call.client, call.tried.size > 0 ? 'connectFailed' : 'noBackend');
  }

  function connectTo(backend: BackendRuntime, call: Call): void {
    const { client, tried } = call;
    const from = performance.now();
    const link = linkTo(backend.settings, buffers);
    const { socket } = link;
    let failure: unknown;
    const gone = () => socket.destroy();
    const endTimeout = startTimeout(limits.connectTimeoutMs, () =>
      socket.destroy(Object.assign(new Error('No connection in time'), { code: 'ETIMEDOUT' })),
    );
    const settle = () => {
      endTimeout();
      client.off('close', gone);
      socket.off('close', failed);
      backend.connecting--;
    };
    const failed = () => {
      settle();
      if (failure !== undefined) {
        backend.connectFailed(failure, Math.round(performance.now() - from));
        tried.add(backend);
      }
      if (!client.destroyed) place(call);
      look();
    };
    backend.connecting++;
    client.once('close', gone);
    socket.once('close', failed);
    // Stays: an error of an open session shows in its `close`.
    socket.on('error', (error) => {
      failure = error;
    });
    socket.once('connect', () => {
      // It was drained meanwhile, and nothing has been sent yet.
      if (backend.drained) return void socket.destroy();
      settle();
      const session = backend.open.begin(client, socket, now());
      relay(client, link, () => {
        backend.open.end(session);
        look();
      });
    });
  }

  function look(): void {
    // Each at most once: one that has tried what is free goes on waiting for the others.
    for (let left = waiting.length; left > 0 && waiting.length > 0; left--) {
      const all = backends();
      if (!all.some(isFree) && all.some(({ usable, awaited }) => usable || awaited)) return;
      place(waiting.take()!);
    }
  }

  return {
    get connections() {
      return connections;
    },
    get waiting() {
      return waiting.length;
    },
    refused,
    accept(client) {
      client.on('error', () => undefined);
      if (connections >= limits.sessions) return refuse(client, 'limit');
      connections++;
      const call: Call = { client, tried: new Set() };
      client.once('close', () => {
        connections--;
        waiting.remove(call);
      });
      place(call);
    },
    look,
    refuseWaiting() {
      for (const { client } of waiting.takeAll()) refuse(client, 'noBackend');
    },
  };
}
