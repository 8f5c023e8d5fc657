import { spawn } from 'node:child_process';
import { mediaErrors } from '../errors.ts';

interface Run {
  readonly path: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal | undefined;
  /** The program; another one in tests. */
  readonly program: string;
}

const mostSaid = 2_000;

/** Runs xorriso to its end; throws `media.noXorriso`, `media.xorriso` with what it said last, and `media.cancelled`. */
export async function runXorriso({ path, args, signal, program }: Run): Promise<void> {
  if (signal?.aborted) throw mediaErrors.cancelled();
  // What a home folder says of xorriso does not count (-no_rc); messages come in English.
  const child = spawn(program, ['-no_rc', '-abort_on', 'FAILURE', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, LC_ALL: 'C' },
    ...(signal && { signal }),
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-mostSaid);
  });
  await new Promise<void>((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.name === 'AbortError') reject(mediaErrors.cancelled({}, { cause: error }));
      else if (error.code === 'ENOENT') reject(mediaErrors.noXorriso({ path }, { cause: error }));
      else reject(mediaErrors.xorriso({ path, detail: error.message }, { cause: error }));
    });
    child.once('close', (code) => {
      const fault = said
        .split('\n')
        .findLast((line) => /FAILURE|FATAL|SORRY/.test(line))
        ?.slice(0, 300);
      if (code === 0) resolve();
      else reject(mediaErrors.xorriso({ path, detail: fault ?? `it ended with ${code}` }));
    });
  });
}
