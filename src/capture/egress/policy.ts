import { isIP, isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';
import { captureErrors } from '../errors.ts';
import { readAddress } from './embedded.ts';
import { parseHost } from './host.ts';
import type { Address } from './ranges.ts';

type Range = readonly [Address, number];

/** Reads a comma- or space-separated list of ranges and single addresses, as in HOLDFAST_EGRESS_ALLOW; throws `capture.badRange` that names the bad item. */
export function parseCidrList(text: string): readonly string[] {
  const items = text.split(/[\s,]+/).filter((item) => item !== '');
  return items.map((item) => parseRange(item).join('/'));
}

/** Reads one range; a single address is a range of its own; throws `capture.badRange`. */
export function parseRange(item: string): Range {
  const [address = '', prefix, ...rest] = item.split('/');
  const bits = isIPv4(address) ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  const wellFormed = rest.length === 0 && /^(?:0|[1-9]\d{0,2})$/.test(prefix ?? '0');
  if (isIP(address) === 0 || address.includes('%') || !wellFormed || length > bits)
    throw captureErrors.badRange({ item, better: '10.0.0.0/8, 192.168.7.20 or fd00::/8' });
  const network = networkOf(ipaddr.parse(address), length);
  if (network.toString() !== ipaddr.parse(address).toString())
    throw captureErrors.badRange({ item, better: `${network}/${length} or ${address}` });
  // A connection to a mapped address is one over IPv4: the range is compared as such.
  if (bits === 128 && length >= 96 && (network as ipaddr.IPv6).isIPv4MappedAddress())
    return [readAddress(address), length - 96];
  return [network, length];
}

function networkOf(address: Address, length: number): Address {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(8, Math.max(0, length - index * 8));
    return byte & (0xff00 >> kept) & 0xff;
  });
  return ipaddr.fromByteArray(bytes);
}

/** True where the address lies in one of the ranges. */
export function inRanges(address: Address, ranges: readonly Range[]): boolean {
  return ranges.some(([network, length]) => {
    if (network.kind() !== address.kind()) return false;
    return (address as ipaddr.IPv6).match(network as ipaddr.IPv6, length);
  });
}

/** One listener of ours: `any` where it listens on every local address. */
export interface OwnService {
  readonly address: string | 'any';
  readonly port: number;
}

/** Reads `host:port` of a server of our own (`127.0.0.1:8420`, `[::]:8421`, `localhost:80`); throws `capture.badOwnService`. */
export function parseOwnService(item: string): OwnService[] {
  const [, host, port] = /^(.*):(\d{1,5})$/.exec(item) ?? [];
  const parsed = host === undefined ? undefined : parseHost(host);
  if (!parsed || (parsed.kind === 'name' && !parsed.loopback) || Number(port) > 65535)
    throw captureErrors.badOwnService({ item });
  if (parsed.kind === 'name') return ['127.0.0.1', '::1'].map((address) => ({ address, port: Number(port) }));
  const address = readAddress(parsed.address).toString();
  return [{ address: address === '0.0.0.0' || address === '::' ? 'any' : address, port: Number(port) }];
}
