// What a fresh machine needs before Holdfast can run; each step is a cheap look when there is nothing to do.
// `node scripts/setup.mjs` for the server, `… cli` for the command line (no web interface).
import { findNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { ensureSystem } from './lib/system.mjs';
import { SetupError } from './lib/texts.mjs';
import { ensureWeb } from './lib/web.mjs';

try {
  await ensurePackages();
  const node = findNode24();
  await ensureSystem();
  if (process.argv[2] !== 'cli') await ensureWeb(node);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
