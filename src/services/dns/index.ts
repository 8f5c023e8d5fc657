export { dnsErrors } from './errors.ts';
