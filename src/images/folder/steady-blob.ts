import { type Descriptor, HoldfastError } from '../../kernel/index.ts';

/** So many breaks in a row without a single byte between them end it. */
const maxFruitless = 3;

/**
 * The bytes of a blob from its begin to its end, through breaks: `open` is called again at the place where they stopped.
 * Gives up with the last error where nothing comes any more, and at once where trying again cannot help.
 */
export async function* steadyBlob(
  descriptor: Descriptor,
  open: (start: number) => Promise<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let fruitless = 0; ; ) {
    const begun = at;
    let failure: unknown;
    try {
      for await (const piece of await open(at)) {
        at += piece.length;
        yield piece;
      }
    } catch (error) {
      const final = error instanceof HoldfastError ? error.kind !== 'unavailable' : isAbort(error);
      if (final) throw error;
      failure = error;
    }
    // A stream that ends early without an error broke off all the same.
    if (failure === undefined && at >= descriptor.size) return;
    fruitless = at > begun ? 0 : fruitless + 1;
    if (fruitless < maxFruitless) continue;
    if (failure !== undefined) throw failure;
    return;
  }
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';
