export type * from './blob-store.ts';
export { collect } from './collect.ts';
export { storeErrors } from './errors.ts';
export type { FsBlobStore, FsBlobStoreOptions } from './fs/fs-blob-store.ts';
export { createFsBlobStore } from './fs/fs-blob-store.ts';
export { MemoryBlobStore } from './memory-blob-store.ts';
export type { BlobFault, VerifyOptions, VerifySummary } from './verify.ts';
export { verifyBlobs } from './verify.ts';
