/** The name that takes the fewest edits to reach (Levenshtein); `names` is not empty. */
export function nearest(word: string, names: readonly string[]): string {
  const ranked = names.map((name) => ({ name, edits: edits(word.toLowerCase(), name.toLowerCase()) }));
  return ranked.reduce((best, it) => (it.edits < best.edits ? it : best)).name;
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
