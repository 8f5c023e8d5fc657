export { approvePlanned, type DayTwoRound } from './approve-planned.ts';
export { bastionServices } from './bastion-services.ts';
export { connectTo } from './connect.ts';
export type { Journal } from './journal.ts';
export { findJournal } from './journal.ts';
export type { InstallOptions } from './run-install.ts';
export { runInstall } from './run-install.ts';
export type { Told, ToldCode } from './told.ts';
export { told, toldCodes } from './told.ts';
export type {
  Approval,
  FileFetch,
  InstallEvent,
  InstallPorts,
  InstallView,
  LeftRequest,
  Look,
  LookOptions,
  NodeState,
  NodeView,
  Services,
  StepId,
  StepView,
} from './types.ts';
export { stepIds } from './types.ts';
export { viewOf } from './view.ts';
