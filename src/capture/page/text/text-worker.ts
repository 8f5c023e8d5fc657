import { parentPort } from 'node:worker_threads';
import { errorText } from '../../../kernel/index.ts';
import { extractText } from './extract-text.ts';
import type { Extracted, PageMetadata, TextInput } from './types.ts';

/** What the worker answers: the metadata as soon as it is known, then the text, or why there is none. */
export type WorkerAnswer =
  | { readonly metadata: PageMetadata }
  | { readonly extracted: Extracted }
  | { readonly failed: string };

parentPort?.on('message', (input: TextInput) => {
  const answer = (message: WorkerAnswer) => parentPort?.postMessage(message);
  try {
    answer({ extracted: extractText(input, (metadata) => answer({ metadata })) });
  } catch (error) {
    answer({ failed: errorText(error) });
  }
});
