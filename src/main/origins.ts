import type { ListenAddress } from '../config/index.ts';

/** `host:port`, an IPv6 address in brackets. */
export function addressText({ host, port }: ListenAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The address to open in a browser on this machine; one that listens everywhere is reached by loopback. */
export function originOf({ host, port }: ListenAddress): string {
  const name = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${addressText({ host: name, port })}`;
}
