import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A child process that runs a TypeScript module of the tests. */
export interface TestChild {
  readonly process: ChildProcess;
  /** Resolves with the next line that it prints; rejects where it ends before. */
  line(): Promise<string>;
  /** Resolves with its exit code, null after a signal. */
  readonly ended: Promise<number | null>;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
}

/** Starts `module` (a file URL) with arguments; the child is killed when this process ends. */
export function startChild(module: URL, args: readonly string[] = []): TestChild {
  const child = spawn(process.execPath, ['--no-warnings', fileURLToPath(module), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit').then(([code]) => {
    process.removeListener('exit', killWithUs);
    return code as number | null;
  });
  return {
    process: child,
    ended,
    async line() {
      const next = await lines.next();
      if (next.done) throw new Error(`The child process ended with code ${await ended} before it said more`);
      return next.value;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
