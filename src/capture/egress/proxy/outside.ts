import { Agent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { dial } from '../dial.ts';
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
  readonly agent: Agent;
  readonly #limits: OutsideLimits;
  readonly #sockets = new Set<Socket>();

  constructor(limits: OutsideLimits) {
    this.#limits = limits;
    this.agent = new PinnedAgent((target) => this.count(this.open(target)));
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
    for (const idle of Object.values(this.agent.freeSockets)) {
      const socket = idle?.find((each) => !each.destroyed);
      if (!socket) continue;
      this.#sockets.delete(socket);
      socket.destroy();
      return;
    }
  }
}

/** What `http.request` is given besides, for the agent to connect to. */
export interface PinnedRequest extends ClientRequestArgs {
  readonly pinned: PinnedTarget;
}

/** Keeps connections to origins alive, each opened to the pinned address of its request. */
class PinnedAgent extends Agent {
  readonly #open: (target: PinnedTarget) => Socket;

  constructor(open: (target: PinnedTarget) => Socket) {
    const options: AgentOptions = { keepAlive: true, maxFreeSockets: 32, timeout: 60_000 };
    super(options);
    this.#open = open;
  }

  override createConnection(options: ClientRequestArgs): Duplex {
    return this.#open((options as PinnedRequest).pinned);
  }
}
