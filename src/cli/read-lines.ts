import { createInterface } from 'node:readline';
import type { Io } from './context.ts';

/** The lines of the standard input that hold something, without the space around them. */
export async function readLines({ stdin }: Pick<Io, 'stdin'>): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const text = line.replace(/^\uFEFF/, '').trim();
    if (text !== '') lines.push(text);
  }
  return lines;
}
