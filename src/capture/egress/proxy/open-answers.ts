/** An answer that is on its way: when a byte of it last came, and how to bring it to an end. */
export interface OpenAnswer {
  touch(): void;
  /** Takes it off the list. */
  done(): void;
}

/** The answers of one proxy that have not ended. */
export interface OpenAnswers {
  open(end: () => void): OpenAnswer;
  /** Ends every answer of which no byte came for `idleMs`; 0 ends all. */
  endIdle(idleMs: number): void;
}

/** An empty list of open answers. */
export function createOpenAnswers(): OpenAnswers {
  const list = new Set<{ end: () => void; touched: number }>();
  return {
    open(end) {
      const entry = { end, touched: performance.now() };
      list.add(entry);
      return {
        touch: () => {
          entry.touched = performance.now();
        },
        done: () => void list.delete(entry),
      };
    },
    endIdle(idleMs) {
      const now = performance.now();
      for (const entry of [...list]) {
        if (now - entry.touched < idleMs) continue;
        list.delete(entry);
        entry.end();
      }
    },
  };
}
