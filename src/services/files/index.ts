export { filesErrors } from './errors.ts';
export type { FileService } from './file-service.ts';
export { createFileService } from './file-service.ts';
export type { Limits as FilesLimits } from './limits.ts';
export type { FilesMetrics } from './metrics.ts';
export type { ShortNode, ShortUrls } from './short-paths.ts';
export { shortEntries, shortUrls } from './short-paths.ts';
export type {
  EntrySource,
  ExpectedNode,
  Fetch,
  FetchEvent,
  FileEntry,
  FileServiceOptions,
  FilesState,
  NodeFetchState,
  Stranger,
  Verdict,
  Visitor,
} from './types.ts';
