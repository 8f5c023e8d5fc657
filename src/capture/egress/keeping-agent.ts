import { Agent, type ClientRequestArgs } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface KeepingAgentOptions {
  /** Opens a connection for a request; rejects with the reason where none can be had. */
  readonly open: (options: ClientRequestArgs) => Socket | Promise<Socket>;
  /** What a connection may be used again for; default: the host and port. */
  readonly originOf?: (options: ClientRequestArgs) => string;
  /** Idle connections to one origin. */
  readonly maxFreeSockets: number;
}

const idleMs = 60_000;

/** Keeps connections to origins alive between requests; `open` alone decides where one goes, over TLS too. */
export class KeepingAgent extends Agent {
  readonly #open: KeepingAgentOptions['open'];
  readonly #originOf: KeepingAgentOptions['originOf'];

  constructor({ open, originOf, maxFreeSockets }: KeepingAgentOptions) {
    super({ keepAlive: true, maxFreeSockets, timeout: idleMs });
    this.#open = open;
    this.#originOf = originOf;
  }

  override getName(options?: ClientRequestArgs): string {
    return options && this.#originOf ? this.#originOf(options) : super.getName(options);
  }

  override createConnection(
    options: ClientRequestArgs,
    done?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | undefined {
    const opened = this.#open(options);
    if (!(opened instanceof Promise)) return opened;
    // Node's type leaves out that no stream comes with an error.
    opened.then(
      (socket) => done?.(null, socket),
      (error) => done?.(error, undefined as never),
    );
    return undefined;
  }

  /** Closes a connection that lies idle and gives it; undefined where all are at work. */
  endIdle(): Socket | undefined {
    for (const idle of Object.values(this.freeSockets)) {
      const socket = idle?.find((each) => !each.destroyed);
      if (socket) return socket.destroy();
    }
    return undefined;
  }
}
