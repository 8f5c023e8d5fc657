/** Makes a function that keeps its last `limit` answers by key; a failure is forgotten, since it may have been repaired by the next time. */
export function keepLast<K, V>(limit: number, make: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const answers = new Map<K, Promise<V>>();
  return async (key) => {
    const answer = answers.get(key) ?? make(key);
    answers.delete(key);
    answers.set(key, answer);
    for (const oldest of answers.keys()) {
      if (answers.size <= limit) break;
      answers.delete(oldest);
    }
    try {
      return await answer;
    } catch (error) {
      answers.delete(key);
      throw error;
    }
  };
}
