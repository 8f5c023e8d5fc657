import { defineErrors } from '../kernel/index.ts';

export const storeErrors = defineErrors('store', {
  notFound: { kind: 'notFound', message: 'Blob "{digest}" is not in the store' },
  tooLarge: { kind: 'invalid', message: 'Blob "{what}" is larger than {limitBytes} bytes' },
  mismatch: {
    kind: 'invalid',
    message: 'Bytes are not the expected blob: expected "{expected}", got "{actual}"',
    hint: 'They were changed or cut on the way; send them again',
  },
  corrupt: {
    kind: 'corrupt',
    message: 'Blob "{digest}" is damaged: its bytes have the digest "{actual}"',
    hint: 'Run "holdfast verify" to see every damaged blob, then delete it and bring it in again',
  },
  full: {
    kind: 'unavailable',
    message: 'Store "{place}" is full: {neededBytes} bytes are needed, {freeBytes} are free',
    hint: 'Free some space on its disk or enlarge it, then try again; nothing half-written was left',
  },
  unwritable: {
    kind: 'unavailable',
    message: 'Writing to store "{place}" failed: {detail}',
    hint: 'Check that the disk is mounted read-write and that the folder belongs to the user that runs Holdfast',
  },
  unreadable: {
    kind: 'unavailable',
    message: 'Reading "{place}" failed: {detail}',
    hint: 'Check the disk and the permissions of the folder; "holdfast verify" names every unreadable blob',
  },
  badRange: {
    kind: 'invalid',
    message: 'Range {start} to {end} does not lie in blob "{digest}" of {sizeBytes} bytes',
  },
  batchEnded: { kind: 'conflict', message: 'This batch was committed or aborted already; open another one' },
  partialBusy: {
    kind: 'conflict',
    message: 'Another program is writing "{key}" just now',
    hint: 'Wait until it has ended, then try again',
  },
  sweepBusy: {
    kind: 'conflict',
    message: 'Another program is freeing space in store "{place}" just now',
    hint: 'Wait until it has ended, then try again',
  },
  lost: {
    kind: 'unavailable',
    message: 'Blob "{digest}" was freed while it was relied on',
    hint: 'Try again: it is written anew then',
  },
  nothingHeld: {
    kind: 'conflict',
    message: 'Nothing was freed: the database names none of the {blobs} blobs that the store holds',
    hint: 'Check that HOLDFAST_DATABASE and HOLDFAST_DATA belong together; where all links are really gone, run "holdfast gc --everything"',
  },
  badPartialKey: { kind: 'invalid', message: 'Key "{key}" of a blob on its way in is malformed' },
  badLayout: {
    kind: 'unsupported',
    message: 'Folder "{place}" is not an OCI image layout 1.0: {detail}',
    hint: 'Name an empty folder, or the one that Holdfast made',
  },
});
