/** What the work gives, and how many turns of the event loop passed while it went on. */
export async function countTurns<T>(work: () => Promise<T>): Promise<{ result: T; turns: number }> {
  let turns = 0;
  let next = setImmediate(function turn() {
    turns++;
    next = setImmediate(turn);
  });
  try {
    return { result: await work(), turns };
  } finally {
    clearImmediate(next);
  }
}
