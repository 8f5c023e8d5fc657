export type { TextExtractor, TextExtractorOptions } from './text-extractor.ts';
export { createTextExtractor } from './text-extractor.ts';
export type { Extracted, PageMetadata, TextInput } from './types.ts';
