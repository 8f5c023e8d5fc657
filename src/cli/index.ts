export type { Io } from './context.ts';
export { cliErrors } from './errors.ts';
export type {
  BastionRequest,
  Carry,
  CopyRequest,
  GarbageReport,
  GarbageRequest,
  Program,
  RunningBastionServer,
  RunningServer,
  TakeInRequest,
  TookIn,
  Transfer,
  Workspace,
} from './program.ts';
export { runCli } from './run.ts';
