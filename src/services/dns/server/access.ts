import ipaddr from 'ipaddr.js';
import { dnsErrors } from '../errors.ts';

/** Says whether an address may ask; safe to call for each packet. */
export type Access = (address: string) => boolean;

const mostRemembered = 4096;

/** Checks the list of networks; one that holds every address is refused where others are asked on behalf of clients. */
export function parseAccess(networks: readonly string[], forwards: boolean): Access {
  if (networks.length === 0) throw dnsErrors.noClients();
  const ranges = networks.map((network) => {
    if (!ipaddr.isValidCIDR(network)) throw dnsErrors.badNetwork({ network });
    const range = ipaddr.parseCIDR(network);
    if (forwards && range[1] === 0) throw dnsErrors.openResolver({ network });
    return range;
  });
  const remembered = new Map<string, boolean>();
  return (address) => {
    const known = remembered.get(address);
    if (known !== undefined) return known;
    const isAllowed = isWithin(address, ranges);
    // Senders may be forged without end: forgetting all is cheap and bounds the memory.
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(address, isAllowed);
    return isAllowed;
  };
}

function isWithin(address: string, ranges: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][]): boolean {
  const plain = address.split('%', 1)[0]!;
  if (!ipaddr.isValid(plain)) return false;
  const parsed = ipaddr.process(plain);
  return ranges.some((range) => parsed.kind() === range[0].kind() && parsed.match(range));
}
