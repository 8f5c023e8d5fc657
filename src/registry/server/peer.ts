import type { IncomingMessage } from 'node:http';
import { isIPv4 } from 'node:net';

const plain = (address: string) => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

/** The address at the other end. */
export function peerAddress(request: IncomingMessage): string {
  return plain(request.socket.remoteAddress ?? '');
}

/** True for 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
  return address === '::1' || (isIPv4(address) && address.startsWith('127.'));
}

/** True where a request came from this machine, through no proxy, to a loopback name: no name that somebody else may have pointed here. */
export function localTo(request: IncomingMessage): boolean {
  const { host = '', forwarded, 'x-forwarded-for': forwardedFor } = request.headers;
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  return (
    isLoopback(peerAddress(request)) &&
    (name === 'localhost' || isLoopback(name)) &&
    forwarded === undefined &&
    forwardedFor === undefined
  );
}
