import { cliErrors, runCli } from '../cli/index.ts';
import { program } from './program.ts';

/** Under npm one Ctrl-C arrives twice: from the terminal and from npm. */
const sameMs = 500;

const interrupt = new AbortController();
let interruptedAt = 0;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // Who presses Ctrl-C again does not want to wait for an orderly end.
    if (interrupt.signal.aborted && performance.now() - interruptedAt > sameMs) process.exit(130);
    if (interrupt.signal.aborted) return;
    interruptedAt = performance.now();
    interrupt.abort(cliErrors.interrupted());
  });
}
// Whoever reads the output may have seen enough (`holdfast list | head`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCli(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    interrupted: interrupt.signal,
  },
  program,
);
