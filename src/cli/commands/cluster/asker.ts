import { createInterface } from 'node:readline';
import type { Io } from '../../context.ts';
import { cliErrors } from '../../errors.ts';

/** Asks a person at the terminal, line by line. */
export interface Asker {
  /** What was typed; throws `cli.interrupted` where the input ends or the person ends it. */
  ask(question: string): Promise<string>;
  close(): void;
}

/** Makes an asker that shows its questions on stderr. */
export function createAsker(io: Io): Asker {
  const lines = createInterface({ input: io.stdin, output: io.stderr, terminal: io.stdin.isTTY === true });
  let isClosed = false;
  lines.once('close', () => {
    isClosed = true;
  });
  const iterator = lines[Symbol.asyncIterator]();
  // In raw mode Ctrl-C is a character and no signal.
  lines.on('SIGINT', () => lines.close());
  return {
    async ask(question) {
      // Lines that came before the input ended are still to be had.
      if (isClosed) io.stderr.write(question);
      else {
        lines.setPrompt(question);
        lines.prompt();
      }
      const line = await iterator.next();
      if (line.done) throw cliErrors.interrupted();
      return line.value;
    },
    close: () => lines.close(),
  };
}
