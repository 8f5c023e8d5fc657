type Open = (start: number) => Promise<AsyncIterable<Uint8Array>>;

/** A source that can be read from its start several times, and that remembers whether it was the one to fail. */
export interface Reopening {
  fromStart(): AsyncIterable<Uint8Array>;
  /** Throws the source's own error, where it had one, in place of the broken request that it led to. */
  rethrow(): void;
}

export function reopening(open: Open): Reopening {
  let failure: { readonly error: unknown } | undefined;
  return {
    async *fromStart() {
      const iterator = await open(0).then(
        (source) => source[Symbol.asyncIterator](),
        (error: unknown) => {
          failure = { error };
          throw error;
        },
      );
      try {
        for (;;) {
          const next = await iterator.next().catch((error: unknown) => {
            failure = { error };
            throw error;
          });
          if (next.done) return;
          yield next.value;
        }
      } finally {
        await iterator.return?.();
      }
    },
    rethrow() {
      if (failure) throw failure.error;
    },
  };
}
