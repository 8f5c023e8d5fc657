/** A text as one word of a POSIX shell: whatever is in it, nothing of it is obeyed (IEEE 1003.1, 2.2.2 Single-Quotes). */
export const quoted = (text: string): string => {
  if (text.includes('\0')) throw new TypeError('A shell has no words with a zero byte');
  return `'${text.replaceAll("'", `'\\''`)}'`;
};

/** A call of a function of the script. */
export const call = (name: string, ...words: readonly (string | number)[]): string =>
  [name, ...words.map((word) => quoted(String(word)))].join(' ');
