export type * from './types.ts';
export { evidenceCodes, formats, verdicts } from './types.ts';
