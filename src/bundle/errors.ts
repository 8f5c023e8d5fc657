import { defineErrors } from '../kernel/index.ts';

export const bundleErrors = defineErrors('bundle', {
  nothing: {
    kind: 'notFound',
    message: 'Nothing is to be carried: {selection} has no snapshot that kept bytes',
    hint: '"holdfast list" shows what there is; take snapshots with "holdfast snapshot <link> --wait"',
  },
  missingBlob: {
    kind: 'corrupt',
    message: 'Snapshot "{snapshot}" of "{url}" lacks blob "{digest}", so it cannot be carried',
    hint: 'Run "holdfast verify", take the snapshot again, or leave its link out',
  },
  corruptBlob: {
    kind: 'corrupt',
    message: 'Blob "{digest}" is damaged here, so it is not carried: its bytes have the digest "{actual}"',
    hint: 'Run "holdfast verify", delete the blob and take its snapshot again, then export again: what was written is kept',
  },
  noSpace: {
    kind: 'unavailable',
    message: 'Folder "{place}" has too little space: {neededBytes} bytes are needed, {freeBytes} are free',
    hint: 'Free some space or choose another place, then run the same command again: it goes on where it was',
  },
  occupied: {
    kind: 'conflict',
    message: 'Folder "{place}" holds something else already: "{name}"',
    hint: 'Name an empty folder, or the one in which the same export was begun',
  },
  unwritable: {
    kind: 'unavailable',
    message: 'Writing "{place}" failed: {detail}',
    hint: 'Check that the medium is writable and has space, then run the same command again: it goes on where it was',
  },
  unreadable: {
    kind: 'unavailable',
    message: 'Reading "{place}" failed: {detail}',
    hint: 'Check the name, the medium and the permissions',
  },
  noBundle: {
    kind: 'notFound',
    message: 'Folder "{place}" holds no bundle: it has no bundle.json',
    hint: 'Name the folder that "holdfast export --to" wrote; bundle.json is in it only when the export ended',
  },
  badPartSize: {
    kind: 'invalid',
    message: 'Part size "{value}" is not understood',
    hint: 'Write a number and a unit (MiB, GiB, MB, GB) of at least 4 MiB: 4GiB',
  },
  tooLarge: {
    kind: 'unsupported',
    message: 'The index of the bundle would be {sizeBytes} bytes long, more than {limitBytes}',
    hint: 'Carry it in several bundles, for example one for each tag',
  },
  badIndex: {
    kind: 'corrupt',
    message: 'Index "{place}" is no index of a bundle: {fault}',
    hint: 'Copy bundle.json again from where the bundle was made; it is named only when a bundle is complete',
  },
  unsigned: {
    kind: 'denied',
    message: 'Bundle "{place}" is not signed, and only what key "{key}" signed is trusted',
    hint: 'Ask whoever made it to export with --sign, and copy bundle.json.sig along with it',
  },
  badSignature: {
    kind: 'denied',
    message: 'Bundle "{place}" is refused: {fault}',
    hint: 'Nothing of it was taken; copy bundle.json and bundle.json.sig again, or ask who signed it with which key',
  },
  badKey: {
    kind: 'invalid',
    message: 'File "{place}" is no {what} key that can be used here: {detail}',
    hint: 'It is an Ed25519 key in PEM without a passphrase; "holdfast export --new-key FILE" makes one',
  },
  keyExists: {
    kind: 'conflict',
    message: 'File "{place}" exists already and is not written over',
    hint: 'Choose another name for the new key',
  },
  badReceipt: {
    kind: 'corrupt',
    message: 'Receipt "{place}" is not understood: {fault}',
    hint: 'Make it again on the far side with "holdfast receipt -o FILE"',
  },
  badReport: {
    kind: 'corrupt',
    message: 'Report "{place}" is not understood: {fault}',
    hint: 'Make it again on the far side with "holdfast verify DIR --report FILE"',
  },
  nothingToRepair: {
    kind: 'invalid',
    message: 'Report "{place}" names no chunk that is wrong',
    hint: 'The bundle that it speaks of is whole: import it',
  },
  unrepairable: {
    kind: 'notFound',
    message: 'Chunk {chunk} of "{part}" cannot be made again: {fault}',
    hint: 'Make a new bundle with "holdfast receipt" on the far side and "holdfast export --receipt"',
  },
  badRepair: {
    kind: 'corrupt',
    message: 'Repair "{place}" does not help: {fault}',
    hint: 'Verify the bundle again with --report, and make a repair from that report',
  },
  damaged: {
    kind: 'corrupt',
    message: 'Chunk {chunk} of "{part}" is wrong: {fault}',
  },
  badSnapshot: {
    kind: 'corrupt',
    message: 'Snapshot "{digest}" of the bundle is not what it says: {fault}',
    hint: 'Ask whoever made the bundle for another one; nothing of the snapshot was recorded',
  },
});
