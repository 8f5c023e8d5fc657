// Runs a TypeScript file of this project with Node 24: node scripts/node.mjs <file> [argument]…
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/root.mjs';

const [file, ...args] = process.argv.slice(2);
await ensurePackages();
const child = spawn(findNode24(), ['--disable-warning=ExperimentalWarning', join(root, file), ...args], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
});
