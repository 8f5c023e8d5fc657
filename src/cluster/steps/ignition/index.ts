export type { Ignition, ServedIgnition } from './create-ignition.ts';
export { createIgnition } from './create-ignition.ts';
export { ignitionInputsOf } from './inputs-of-plan.ts';
export type {
  Freshness,
  Generation,
  IgnitionFile,
  IgnitionInputs,
  MakeOptions,
  StoredGeneration,
} from './types.ts';
export { freshnessOf, useWithinMs } from './types.ts';
