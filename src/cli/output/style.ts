/** Colours where the stream is a terminal and NO_COLOR (no-color.org) does not forbid them. */
export interface Style {
  dim(text: string): string;
  bold(text: string): string;
  good(text: string): string;
  warn(text: string): string;
  bad(text: string): string;
}

/** The style for a stream. */
export function styleFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Style {
  const coloured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const paint = (code: number) => (text: string) => (coloured ? `\x1b[${code}m${text}\x1b[0m` : text);
  return { dim: paint(2), bold: paint(1), good: paint(32), warn: paint(33), bad: paint(31) };
}
