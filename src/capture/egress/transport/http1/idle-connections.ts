import type { Connection } from './connection.ts';

/** Connections that wait for a next request to their origin. */
export interface IdleConnections {
  /** The one that was used last; undefined where none waits. */
  take(origin: string): Connection | undefined;
  /** Keeps a connection for so long at most. */
  keep(origin: string, connection: Connection, keepMs: number): void;
  /** Closes the one that has waited longest; false where none waits. */
  endOne(): boolean;
}

interface Idle {
  readonly origin: string;
  readonly connection: Connection;
  readonly timer: NodeJS.Timeout;
}

/** Keeps at most so many for each origin; one that anything happens on while nobody asked is closed. */
export function createIdleConnections(mostPerOrigin: number): IdleConnections {
  const idle: Idle[] = [];
  const remove = (each: Idle): Connection => {
    idle.splice(idle.indexOf(each), 1);
    clearTimeout(each.timer);
    each.connection.inbound.onSurprise = undefined;
    return each.connection;
  };
  const end = (each: Idle) => void remove(each).socket.destroy();
  return {
    take(origin) {
      const found = idle.findLast((each) => each.origin === origin);
      if (!found) return undefined;
      const connection = remove(found);
      connection.socket.ref();
      connection.isReused = true;
      return connection;
    },
    keep(origin, connection, keepMs) {
      const same = idle.filter((each) => each.origin === origin);
      if (same.length >= mostPerOrigin) end(same[0]!);
      const timer = setTimeout(() => end(entry), keepMs).unref();
      const entry: Idle = { origin, connection, timer };
      idle.push(entry);
      connection.inbound.onSurprise = () => end(entry);
      // One that waits keeps no process alive.
      connection.socket.unref();
    },
    endOne() {
      const [oldest] = idle;
      if (oldest) end(oldest);
      return oldest !== undefined;
    },
  };
}
