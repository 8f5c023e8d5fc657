import { write } from 'node:fs';
import type { Writable } from 'node:stream';

/** Lines that wait for a reader at one time; more are left out and counted. */
const maxWaiting = 500;

/** Writes lines for a reader who may stand still, without standing still itself. */
export interface EventLines {
  /** Never waits; where too many lines wait already, the line is left out and the next that is written says how many were. */
  say(line: string): void;
}

/** Gives bytes away and calls back when they are gone; an error ends the wait too. */
export type Sink = (text: string, gone: () => void) => void;

/**
 * Lines to a stream. A terminal is written to outside of Node's stream, which would stop the whole process while somebody
 * marks text in the terminal or has it paused.
 */
export function eventLinesTo(
  stream: Writable & { readonly fd?: number; readonly isTTY?: boolean },
  leftOut: (count: number) => string,
): EventLines {
  const { fd, isTTY } = stream;
  return createEventLines(
    isTTY && fd !== undefined
      ? (text, gone) => write(fd, text, gone)
      : (text, gone) => stream.write(text, gone),
    leftOut,
  );
}

/** Lines to a sink, one write at a time. */
export function createEventLines(sink: Sink, leftOut: (count: number) => string): EventLines {
  let waiting: string[] = [];
  let omitted = 0;
  let writing = false;
  const next = () => {
    if (writing || waiting.length === 0) return;
    writing = true;
    const lines = omitted > 0 ? [...waiting, leftOut(omitted)] : waiting;
    waiting = [];
    omitted = 0;
    sink(`${lines.join('\n')}\n`, () => {
      writing = false;
      next();
    });
  };
  return {
    say(line) {
      if (waiting.length < maxWaiting) waiting.push(line);
      else omitted++;
      next();
    },
  };
}
