export type * from './bastion/index.ts';
export { connectBastion, serveControl, startBastion } from './bastion/index.ts';
export { stepsErrors } from './errors.ts';
export type * from './ignition/index.ts';
export { createIgnition, freshnessOf } from './ignition/index.ts';
export { loadPlan, type PlanOnDisk, readPlan, type SoundPlan } from './read-plan.ts';
export type { WorkFolder } from './work-folder.ts';
export { openWorkFolder, workFolder } from './work-folder.ts';
