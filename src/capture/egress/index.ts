export type { EgressGuardOptions } from './guard.ts';
export { createEgressGuard } from './guard.ts';
export { parseCidrList } from './policy.ts';
export { refusalHeader } from './proxy/headers.ts';
export { refusalOf } from './refusal.ts';
export type { Resolver } from './resolver.ts';
export { systemResolver } from './resolver.ts';
export type * from './types.ts';
