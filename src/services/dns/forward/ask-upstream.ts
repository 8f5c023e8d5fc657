import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { Upstream } from './parse-forward.ts';

/** How a question to one upstream ended. */
export type Outcome<T> = { readonly said: T } | { readonly failed: 'timeout' | 'network' | 'flood' };

export interface Ask<T> {
  readonly upstream: Upstream;
  readonly packet: Buffer;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Reads what arrives; undefined for what is not the answer, which is waited for on. */
  read(packet: Buffer): T | undefined;
}

/** So many wrong packets on one question are somebody's guessing. */
const mostStrays = 20;

/** Asks over UDP from a port of its own, which the kernel chooses at random; the socket hears its upstream only. */
export function askOverUdp<T>({ upstream, packet, read, ...rest }: Ask<T>): Promise<Outcome<T>> {
  return settle(rest, (done) => {
    const socket = createSocket(isIPv6(upstream.host) ? 'udp6' : 'udp4');
    let strays = 0;
    socket.on('error', () => done({ failed: 'network' }));
    socket.on('message', (message) => {
      const said = read(message);
      if (said !== undefined) done({ said });
      else if (++strays >= mostStrays) done({ failed: 'flood' });
    });
    // Not as a callback of `connect`, which is called where there is no way to the upstream too.
    socket.once('connect', () => socket.send(packet));
    socket.connect(upstream.port, upstream.host);
    return () => socket.close();
  });
}

/** Asks over TCP (RFC 7766), one question in a connection. */
export function askOverTcp<T>({ upstream, packet, read, ...rest }: Ask<T>): Promise<Outcome<T>> {
  return settle(rest, (done) => {
    const socket = connect(upstream.port, upstream.host);
    let got: Buffer = Buffer.alloc(0);
    socket.on('error', () => done({ failed: 'network' }));
    socket.on('close', () => done({ failed: 'network' }));
    socket.on('data', (chunk: Buffer) => {
      got = Buffer.concat([got, chunk]);
      if (got.length < 2 || got.length < 2 + got.readUInt16BE(0)) return;
      const said = read(got.subarray(2, 2 + got.readUInt16BE(0)));
      done(said === undefined ? { failed: 'flood' } : { said });
    });
    socket.write(Buffer.concat([Buffer.from([packet.length >> 8, packet.length & 255]), packet]));
    return () => socket.destroy();
  });
}

/** Runs until `done`, the timeout or the signal, whichever is first, and closes then. */
function settle<T>(
  { timeoutMs, signal }: Pick<Ask<T>, 'timeoutMs' | 'signal'>,
  start: (done: (outcome: Outcome<T>) => void) => () => void,
): Promise<Outcome<T>> {
  if (signal.aborted) return Promise.resolve({ failed: 'network' });
  const { promise, resolve } = Promise.withResolvers<Outcome<T>>();
  let close: (() => void) | undefined;
  let isDone = false;
  const done = (outcome: Outcome<T>) => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    close?.();
    resolve(outcome);
  };
  const abort = () => done({ failed: 'network' });
  const timer = setTimeout(() => done({ failed: 'timeout' }), timeoutMs);
  signal.addEventListener('abort', abort);
  close = start(done);
  return promise;
}
