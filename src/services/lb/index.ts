export type { Balancer, BalancerOptions, DrainReport } from './balancer.ts';
export { createBalancer } from './balancer.ts';
export { lbErrors } from './errors.ts';
export type * from './state.ts';
export type { StatsServer, StatsServerOptions } from './stats/server.ts';
export { createStatsServer } from './stats/server.ts';
export type { StatsWords } from './stats/words.ts';
export type * from './types.ts';
