export type * from './bastion/index.ts';
export { connectBastion, serveControl, startBastion } from './bastion/index.ts';
export type { LeftReason } from './csr/types.ts';
export { putObjects } from './day-two/put-objects.ts';
export { stepsErrors } from './errors.ts';
export type * from './ignition/index.ts';
export { createIgnition, freshnessOf, ignitionInputsOf } from './ignition/index.ts';
export type * from './install/index.ts';
export {
  approvePlanned,
  bastionServices,
  connectTo,
  findJournal,
  runInstall,
  stepIds,
  told,
  toldCodes,
  viewOf,
} from './install/index.ts';
export { findKeptPlan, keepPlan } from './kept-plan.ts';
export type { ClusterApi, Kube } from './kube/index.ts';
export { pause } from './pause.ts';
export type * from './preflight/index.ts';
export {
  groups as preflightGroups,
  lookAtPreflight,
  nodeScript,
  preflightFindings,
  runPreflight,
} from './preflight/index.ts';
export { loadPlan, type PlanOnDisk, readPlan, type SoundPlan } from './read-plan.ts';
export { renderInputsOf } from './render/render-inputs.ts';
export { type WrittenFile, type WrittenFolder, writeRendered } from './render/write-rendered.ts';
export { startNodeStub } from './stub/node-stub.ts';
export type { WorkFolder } from './work-folder.ts';
export { openWorkFolder, workFolder, workPathIn } from './work-folder.ts';
