import { BlockList, isIP, isIPv4 } from 'node:net';
import type { HttpContext } from '../context.ts';

/** Who is at the other end, as far as it can be believed. */
export interface Peer {
  /** The address of the client; that of the proxy where it is not a trusted one. */
  readonly address: string;
  readonly isHttps: boolean;
  /** True where the request came from this machine and through no proxy. */
  readonly isLocal: boolean;
}

/** Makes the reader of peers; forwarding headers count only from proxies in `trustedProxies` (CIDR). */
export function createPeerReader(trustedProxies: readonly string[]) {
  const trusted = new BlockList();
  for (const range of trustedProxies) {
    const [network = '', bits] = range.split('/');
    const family = isIPv4(network) ? 'ipv4' : 'ipv6';
    trusted.addSubnet(network, Number(bits ?? (family === 'ipv4' ? 32 : 128)), family);
  }
  const isTrusted = (address: string) => trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

  return (c: HttpContext): Peer => {
    const socket = c.env?.incoming?.socket;
    // Without a socket nothing came over a network: a test, or a call inside the process.
    const direct = plain(socket?.remoteAddress ?? '127.0.0.1');
    const hops = (c.req.header('x-forwarded-for') ?? '').split(',').map((hop) => plain(hop.trim()));
    const isForwarded =
      c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined;
    const proto = c.req.header('x-forwarded-proto');
    const believed = isTrusted(direct);
    return {
      address: believed ? clientOf(hops, direct, isTrusted) : direct,
      isHttps: believed && proto === 'https',
      isLocal: isLoopbackAddress(direct) && !isForwarded,
    };
  };
}

/** The last hop that no trusted proxy vouches for; those before it are the client's own claims. */
function clientOf(hops: readonly string[], direct: string, isTrusted: (a: string) => boolean): string {
  let client = direct;
  for (const hop of hops.toReversed()) {
    if (isIP(hop) === 0) break;
    client = hop;
    if (!isTrusted(hop)) break;
  }
  return client;
}

/** True for 127.0.0.0/8 and ::1. */
export function isLoopbackAddress(address: string): boolean {
  const bare = plain(address);
  return bare === '::1' || (isIPv4(bare) && bare.startsWith('127.'));
}

const plain = (address: string) =>
  /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address.replace(/%.*$/, '');
