export type { CopiedOut, CopiedRelease, CopyOut } from './copy-out.ts';
export { copySnapshot } from './copy-out.ts';
export type { CopyFrom } from './copy-place.ts';
export { copyFolder, copyReference } from './copy-place.ts';
export type { TakeInOptions, TakenIn, TakenInAll } from './take-in.ts';
export { takeInImages } from './take-in.ts';
