import type { ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import { dial } from '../dial.ts';
import { KeepingAgent } from '../keeping-agent.ts';
import type { PinnedTarget } from '../types.ts';

export interface OutsideLimits {
  readonly maxBytes: number;
  readonly maxConnections: number;
  readonly connectTimeoutMs: number;
  /** Called once, when more than `maxBytes` have come in. */
  readonly onCapped: () => void;
}

/** All connections of one proxy to the outside: counted, capped, and cut together. */
export class Outside {
  receivedBytes = 0;
  readonly agent: KeepingAgent;
  readonly #limits: OutsideLimits;
  readonly #sockets = new Set<Socket>();

  constructor(limits: OutsideLimits) {
    this.#limits = limits;
    this.agent = new KeepingAgent({
      open: (options) => this.count(this.open((options as PinnedRequest).pinned)),
      maxFreeSockets: 32,
    });
  }

  /** A connection that the cap does not count yet: `count` it when its reader is attached. */
  open(target: PinnedTarget): Socket {
    this.#makeRoom();
    const socket = dial(target, this.#limits.connectTimeoutMs);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  /** Counts what comes in; this starts the flow, so whoever reads must already listen or do so in the same turn. */
  count(socket: Socket): Socket {
    return socket.on('data', (chunk: Uint8Array) => {
      const before = this.receivedBytes;
      this.receivedBytes += chunk.length;
      const { maxBytes, onCapped } = this.#limits;
      if (before <= maxBytes && this.receivedBytes > maxBytes) onCapped();
    });
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.agent.destroy();
  }

  /** Whoever opens a connection holds a slot, so at the limit at least one connection lies idle. */
  #makeRoom(): void {
    if (this.#sockets.size < this.#limits.maxConnections) return;
    const idle = this.agent.endIdle();
    if (idle) this.#sockets.delete(idle);
  }
}

/** What `http.request` is given besides, for the agent to connect to. */
export interface PinnedRequest extends ClientRequestArgs {
  readonly pinned: PinnedTarget;
}
