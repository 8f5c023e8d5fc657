export type { MirrorFolder } from './mirror-folder.ts';
export { openMirrorFolder } from './mirror-folder.ts';
export type { MirrorFolderTarget } from './mirror-target.ts';
export { createMirrorFolder } from './mirror-target.ts';
export type { Signatures } from './signature-file.ts';
export { readSignatureFile, writeSignatureFile } from './signature-file.ts';
