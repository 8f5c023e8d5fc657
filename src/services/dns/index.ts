export type { DnsQuestion, DnsReply } from './client/ask-dns.ts';
export { askDns } from './client/ask-dns.ts';
export { createDnsServer } from './create-dns-server.ts';
export { dnsErrors } from './errors.ts';
export type * from './types.ts';
