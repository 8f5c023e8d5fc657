export type { Io } from './context.ts';
export { cliErrors } from './errors.ts';
export type { Carry, GarbageReport, GarbageRequest, Program, RunningServer, Workspace } from './program.ts';
export { runCli } from './run.ts';
