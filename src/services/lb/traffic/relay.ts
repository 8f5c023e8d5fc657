import type { Socket } from 'node:net';
import type { Link } from './link.ts';

/**
 * Joins a client, which has not been read yet, with a connected backend: bytes, ends and resets of each side reach the
 * other as they are. `onEnd` is called once when both are closed.
 */
export function relay(client: Socket, link: Link, onEnd: () => void): void {
  const { socket: backend } = link;
  link.deliverTo(client);
  forward(client, backend);
  client.on('end', () => backend.end());
  backend.on('end', () => client.end());
  let open = 2;
  const closed = (other: Socket) => (failed: boolean) => {
    // Not `destroy`: the other side must not take a stream that was cut for one that ended.
    if (failed) other.resetAndDestroy();
    if (--open === 0) onEnd();
  };
  client.once('close', closed(backend));
  backend.once('close', closed(client));
  client.resume();
}

function forward(from: Socket, to: Socket): void {
  let waiting = false;
  const written = () => {
    if (!waiting || to.writableLength > 0) return;
    waiting = false;
    from.resume();
  };
  from.on('data', (bytes) => {
    to.write(bytes, written);
    if (to.writableLength === 0) return;
    waiting = true;
    from.pause();
  });
}
