import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Context } from './context.ts';
import { cliErrors } from './errors.ts';

/** A password: typed twice and not shown where a person sits there, else the first line of the standard input. */
export async function readPassword(context: Context): Promise<string> {
  const { io, texts } = context;
  const ask = asker(context);
  try {
    const password = await ask(texts.user.askPassword);
    if (password === '') throw cliErrors.emptyPassword();
    if (io.stdin.isTTY && (await ask(texts.user.askAgain)) !== password) throw cliErrors.passwordsDiffer();
    return password;
  } finally {
    ask.close();
  }
}

function asker({ io }: Context): ((question: string) => Promise<string>) & { close(): void } {
  // What is typed is echoed to `output`, so that is a stream that shows nothing.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = io.stdin.isTTY === true;
  const lines = createInterface({ input: io.stdin, output: silent, terminal });
  const iterator = lines[Symbol.asyncIterator]();
  // In raw mode Ctrl-C is a character and no signal.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const ask = async (question: string): Promise<string> => {
    if (terminal) io.stderr.write(question);
    const line = await Promise.race([
      iterator.next(),
      new Promise<never>((_, reject) => {
        io.interrupted.addEventListener('abort', () => reject(io.interrupted.reason), { once: true });
      }),
    ]);
    if (terminal) io.stderr.write('\n');
    return line.done ? '' : line.value;
  };
  return Object.assign(ask, { close: () => lines.close() });
}
