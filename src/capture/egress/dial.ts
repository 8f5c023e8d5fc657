import { isIP, type NetConnectOpts, connect as netConnect, type Socket } from 'node:net';
import type { PinnedTarget } from './types.ts';

/** How long an address may take before the next one of the answer is tried; Node's 250 ms give up on far networks. */
const nextAddressAfterMs = 600;

/**
 * Opens a connection to the pinned addresses, one after the other as they fail, and to nothing else; no name is resolved.
 * `connect` makes the socket.
 */
export function dial(
  target: PinnedTarget,
  timeoutMs: number,
  connect: (options: NetConnectOpts) => Socket = netConnect,
): Socket {
  const addresses = [target.address, ...(target.others ?? [])];
  const options: NetConnectOpts = {
    host: addresses.length === 1 ? target.address : 'pinned.invalid',
    port: target.port,
    noDelay: true,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: nextAddressAfterMs,
    lookup: (_name, _options, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: isIP(address) })),
      ),
  };
  const socket = connect(options);
  const timer = setTimeout(() => {
    socket.destroy(new Error(`no connection within ${timeoutMs} ms`));
  }, timeoutMs);
  const stop = () => clearTimeout(timer);
  socket.once('connect', stop).once('close', stop);
  return socket;
}

/** Waits until a socket is connected, over TLS `secureConnect`; rejects with the reason where it fails or is closed before. */
export function connected(socket: Socket, event: 'connect' | 'secureConnect' = 'connect'): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error?: unknown) =>
      reject(error instanceof Error ? error : new Error('closed before it was connected'));
    socket.once('error', fail).once('close', fail);
    socket.once(event, () => {
      socket.off('error', fail).off('close', fail);
      resolve();
    });
  });
}
