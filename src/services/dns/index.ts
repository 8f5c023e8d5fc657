export { createDnsServer } from './create-dns-server.ts';
export { dnsErrors } from './errors.ts';
export type * from './types.ts';
