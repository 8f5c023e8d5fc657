import ipaddr from 'ipaddr.js';
import type { RefusalReason } from './types.ts';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Range = [Address, number];

const ranges = (...cidrs: string[]): Range[] => cidrs.map((cidr) => ipaddr.parseCIDR(cidr) as Range);

/** Special ranges by reason (IANA special-purpose registries, RFC 6890 and what followed it); the first that matches counts. */
const special: Partial<Record<RefusalReason, Range[]>> = {
  metadata: ranges(
    '169.254.169.254/32',
    '169.254.169.253/32',
    '169.254.170.0/24',
    '169.254.0.23/32',
    '100.100.100.200/32',
    '192.0.0.192/32',
    '168.63.129.16/32',
    'fd00:ec2::/32',
    'fd20:ce::254/128',
  ),
  unspecified: ranges('0.0.0.0/8', '::/128'),
  loopback: ranges('127.0.0.0/8', '::1/128'),
  private: ranges('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fec0::/10'),
  'carrier-grade-nat': ranges('100.64.0.0/10'),
  'link-local': ranges('169.254.0.0/16', 'fe80::/10'),
  multicast: ranges('224.0.0.0/4', 'ff00::/8'),
  reserved: ranges(
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '240.0.0.0/4',
    '2001::/23',
    '2001:db8::/32',
    '3fff::/20',
  ),
};

const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
/** Where NAT64 puts the public IPv4 internet (RFC 6052); the embedded address is judged besides. */
const translated = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Why an address is not on the public internet; undefined where it is. Says nothing of an embedded IPv4 address. */
export function specialRange(address: Address): RefusalReason | undefined {
  const reason = ipaddr.subnetMatch(address, special as Record<string, Range[]>, 'public');
  if (reason !== 'public') return reason as RefusalReason;
  if (address instanceof ipaddr.IPv6 && !address.match(globalUnicast) && !address.match(translated))
    return 'reserved';
  return undefined;
}
