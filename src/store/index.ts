export type * from './blob-store.ts';
