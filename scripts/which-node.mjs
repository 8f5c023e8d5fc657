// Prints the path of a Node of version 24 or newer, for bin/holdfast where the npm package's cannot run.
import { findNode24 } from './lib/node24.mjs';
import { SetupError } from './lib/texts.mjs';

try {
  process.stdout.write(`${findNode24()}\n`);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
