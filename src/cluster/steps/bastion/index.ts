export { connectBastion } from './connect-bastion.ts';
export { serveControl } from './serve-control.ts';
export type { BastionEvent, BastionOptions, RunningBastion } from './start-bastion.ts';
export { startBastion } from './start-bastion.ts';
export type {
  BalancerProbe,
  BastionControl,
  BastionState,
  Listening,
  MissingFile,
  ProbedFrontend,
  ServiceName,
} from './types.ts';
