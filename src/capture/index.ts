export { captureErrors } from './errors.ts';
export type * from './snapshot/format.ts';
export type { FindReferrer, RecordReferrer } from './snapshot/pdf.ts';
export { attachPdf } from './snapshot/pdf.ts';
export { createSnapshotReaders } from './snapshot/readers.ts';
export type * from './types.ts';
