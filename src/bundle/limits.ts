/** The unit that is hashed, named as bad and repaired. */
export const chunkBytes = 4 * 1024 * 1024;

/** 4 GiB less one chunk: FAT holds files of at most 4 GiB − 1, and parts end where chunks do. */
export const defaultPartBytes = 4 * 1024 * 1024 * 1024 - chunkBytes;

/** The largest index that is written and read; its chunks stand for about 1.5 TB. */
export const maxIndexBytes = 32 * 1024 * 1024;

/** How many values an index may have: memory is taken for each, however short it is written. */
export const maxIndexValues = 1_000_000;

/** How many parts a walk over one snapshot of a bundle may reach. */
export const maxSnapshotParts = 200_000;
