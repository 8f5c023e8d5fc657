import { Worker } from 'node:worker_threads';
import type { WorkerAnswer } from './text-worker.ts';
import type { Extracted, PageMetadata, TextInput } from './types.ts';
import { noMetadata, withoutArticle } from './without-article.ts';

/** Reads text off the main thread. */
export interface TextExtractor {
  /** Never fails because of the page: one that takes too long, or too much memory, gives its visible text. Rejects with the signal's reason. */
  extract(input: TextInput, signal?: AbortSignal): Promise<Extracted>;
  /** Ends the workers; what is under way gives its visible text. */
  close(): Promise<void>;
}

export interface TextExtractorOptions {
  /** How many pages are read at a time; the others wait. Workers start when they are needed and are kept. */
  readonly workers?: number;
  /** The longest that one page may take. */
  readonly timeoutMs?: number;
  readonly maxHeapMb?: number;
}

/** Starts nothing yet; `close` ends what was started. */
export function createTextExtractor(options: TextExtractorOptions = {}): TextExtractor {
  const { workers: most = 2, timeoutMs = 10_000, maxHeapMb = 512 } = options;
  const idle: Worker[] = [];
  const all = new Set<Worker>();
  const waiting: (() => void)[] = [];
  let busy = 0;
  let closed = false;

  const start = (): Worker => {
    const worker = new Worker(new URL('./text-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
      // A library that prints must not mix with a command's output.
      stdout: true,
      stderr: true,
    });
    all.add(worker);
    worker.unref();
    worker.once('exit', () => {
      all.delete(worker);
      const at = idle.indexOf(worker);
      if (at !== -1) idle.splice(at, 1);
    });
    // Without a listener the death of an idle worker would end the process.
    worker.on('error', () => {});
    return worker;
  };

  return {
    async extract(input, signal) {
      signal?.throwIfAborted();
      while (busy >= most) await turn(waiting, signal);
      if (closed) return withoutArticle(noMetadata, input);
      busy++;
      const worker = idle.pop() ?? start();
      try {
        const { extracted, reusable } = await ask(worker, input, timeoutMs, signal);
        if (reusable && !closed) idle.push(worker);
        else void worker.terminate();
        return extracted;
      } catch (error) {
        void worker.terminate();
        throw error;
      } finally {
        busy--;
        waiting.shift()?.();
      }
    },
    async close() {
      closed = true;
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

/** Waits for a place; one who gives up hands it on. */
async function turn(waiting: (() => void)[], signal?: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  waiting.push(resolve);
  const giveUp = () => {
    const at = waiting.indexOf(resolve);
    if (at !== -1) waiting.splice(at, 1);
    resolve();
  };
  signal?.addEventListener('abort', giveUp, { once: true });
  await promise;
  signal?.removeEventListener('abort', giveUp);
  if (!signal?.aborted) return;
  // It may have been handed the place in the same moment.
  waiting.shift()?.();
  throw signal.reason;
}

async function ask(
  worker: Worker,
  input: TextInput,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<{ extracted: Extracted; reusable: boolean }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ extracted: Extracted; reusable: boolean }>();
  let metadata: PageMetadata = noMetadata;
  const giveUp = (reusable: boolean) => resolve({ extracted: withoutArticle(metadata, input), reusable });
  const onMessage = (answer: WorkerAnswer) => {
    if ('metadata' in answer) metadata = answer.metadata;
    else if ('extracted' in answer) resolve({ extracted: answer.extracted, reusable: true });
    else giveUp(true);
  };
  const onEnd = () => giveUp(false);
  const onAbort = () => reject(signal?.reason);
  worker.on('message', onMessage);
  worker.once('error', onEnd);
  worker.once('exit', onEnd);
  signal?.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(onEnd, timeoutMs);
  worker.ref();
  worker.postMessage(input);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    worker.off('message', onMessage);
    worker.off('error', onEnd);
    worker.off('exit', onEnd);
    signal?.removeEventListener('abort', onAbort);
    worker.unref();
  }
}
