export { captureErrors } from './errors.ts';
export type * from './snapshot/format.ts';
export type * from './types.ts';
