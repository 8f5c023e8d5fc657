/** Types of records by name (IANA DNS parameters), as far as they are told by name in logs and measures. */
export const types = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  SVCB: 64,
  HTTPS: 65,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
  CAA: 257,
} as const;

/** Response codes; those above 15 need EDNS. */
export const rcodes = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMP: 4,
  REFUSED: 5,
  BADVERS: 16,
} as const;

export const classIn = 1;

const typeNames = new Map<number, string>(Object.entries(types).map(([name, code]) => [code, name]));
const rcodeNames = new Map<number, string>(Object.entries(rcodes).map(([name, code]) => [code, name]));

/** The name of a type; `TYPE<n>` for others (RFC 3597). */
export const typeName = (type: number): string => typeNames.get(type) ?? `TYPE${type}`;

/** The name of a type for a label of a measure: types without a name are one. */
export const typeLabel = (type: number): string => typeNames.get(type) ?? 'other';

export const rcodeName = (rcode: number): string => rcodeNames.get(rcode) ?? `RCODE${rcode}`;
