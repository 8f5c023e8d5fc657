import ipaddr from 'ipaddr.js';
import type { Address } from './ranges.ts';

/** Reads a literal address (a zone is dropped); IPv4-mapped ones come out as the IPv4 address that a connection goes to. */
export function readAddress(text: string): Address {
  const bare = text.replace(/%.*$/s, '');
  // ipaddr.js takes "::1.2.3.4" for a mapped address, which it is not: the URL parser writes it out first.
  const address = ipaddr.parse(URL.parse(`http://[${bare}]/`)?.hostname.slice(1, -1) ?? bare);
  if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address;
}

/** The IPv4 addresses that an IPv6 address may lead to by a translator or a tunnel on the way. */
export function embeddedAddresses(address: Address): ipaddr.IPv4[] {
  if (address instanceof ipaddr.IPv4) return [];
  const part = (index: number) => address.parts[index]!;
  const at = (index: number, mask = 0) => {
    const [high, low] = [part(index) ^ mask, part(index + 1) ^ mask];
    return new ipaddr.IPv4([high >> 8, high & 255, low >> 8, low & 255]);
  };
  const zeroUntil = (end: number) => address.parts.slice(0, end).every((value) => value === 0);
  const found: ipaddr.IPv4[] = [];
  // IPv4-compatible (RFC 4291 2.5.5.1); `::` and `::1` are addresses of their own.
  if (zeroUntil(6) && (part(6) !== 0 || part(7) > 1)) found.push(at(6));
  // IPv4-translated (RFC 2765).
  if (zeroUntil(4) && part(4) === 0xffff && part(5) === 0) found.push(at(6));
  // NAT64, well-known and local-use (RFC 6052, RFC 8215).
  const wellKnown = address.parts.slice(2, 6).every((value) => value === 0);
  if (part(0) === 0x64 && part(1) === 0xff9b && (wellKnown || part(2) === 1)) found.push(at(6));
  // 6to4 (RFC 3056).
  if (part(0) === 0x2002) found.push(at(1));
  // Teredo: the server, and the client with its bits turned (RFC 4380).
  if (part(0) === 0x2001 && part(1) === 0) found.push(at(2), at(6, 0xffff));
  // ISATAP interface ids under any prefix (RFC 5214); the u and g bits may be set.
  if ((part(4) & 0xfcff) === 0 && part(5) === 0x5efe) found.push(at(6));
  return found;
}
