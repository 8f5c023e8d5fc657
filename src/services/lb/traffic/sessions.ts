import type { Socket } from 'node:net';

/** A client that is joined with a backend. */
export interface Session {
  readonly client: Socket;
  readonly backend: Socket;
  /** Bytes in both directions when it was last looked at, and when they had grown. */
  seenBytes: number;
  activeAt: number;
}

/** The open sessions of one backend, and what went through those that are over. */
export class Sessions {
  readonly #open = new Set<Session>();
  readonly #whenEmpty: (() => void)[] = [];
  #total = 0;
  #fromClients = 0;
  #toClients = 0;

  get open(): number {
    return this.#open.size;
  }

  /** Sessions since the start. */
  get total(): number {
    return this.#total;
  }

  /** Bytes since the start, those of open sessions included. */
  bytes(): { fromClients: number; toClients: number } {
    let fromClients = this.#fromClients;
    let toClients = this.#toClients;
    for (const { client, backend } of this.#open) {
      fromClients += client.bytesRead;
      toClients += backend.bytesRead;
    }
    return { fromClients, toClients };
  }

  begin(client: Socket, backend: Socket, now: number): Session {
    const session = { client, backend, seenBytes: 0, activeAt: now };
    this.#open.add(session);
    this.#total++;
    return session;
  }

  end(session: Session): void {
    if (!this.#open.delete(session)) return;
    this.#fromClients += session.client.bytesRead;
    this.#toClients += session.backend.bytesRead;
    if (this.#open.size === 0) for (const resolve of this.#whenEmpty.splice(0)) resolve();
  }

  /** Ends those over which nothing has gone for longer than they may be silent; a session that is half closed may for less. */
  endIdle(now: number, { idleMs, halfClosedIdleMs }: { idleMs: number; halfClosedIdleMs: number }): number {
    let ended = 0;
    for (const session of this.#open) {
      const { client, backend } = session;
      const bytes = client.bytesRead + backend.bytesRead;
      if (bytes !== session.seenBytes) {
        session.seenBytes = bytes;
        session.activeAt = now;
      }
      const half = client.readableEnded || backend.readableEnded;
      if (now - session.activeAt < (half ? Math.min(idleMs, halfClosedIdleMs) : idleMs)) continue;
      cut(session);
      ended++;
    }
    return ended;
  }

  /** Resets all that are open; how many they were. */
  cutAll(): number {
    const count = this.#open.size;
    for (const session of this.#open) cut(session);
    return count;
  }

  /** Resolves when none is open. */
  async empty(): Promise<void> {
    if (this.#open.size > 0) await new Promise<void>((resolve) => this.#whenEmpty.push(resolve));
  }
}

function cut({ client, backend }: Session): void {
  client.resetAndDestroy();
  backend.resetAndDestroy();
}
