export type { Io } from './context.ts';
export { cliErrors } from './errors.ts';
export type {
  BastionRequest,
  Carry,
  GarbageReport,
  GarbageRequest,
  Program,
  RunningBastionServer,
  RunningServer,
  Workspace,
} from './program.ts';
export { runCli } from './run.ts';
