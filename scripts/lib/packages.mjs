import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './texts.mjs';

const lockFile = join(root, 'package-lock.json');
const stampFile = join(root, 'node_modules', '.holdfast-lock');

/** Installs the npm packages where they are missing or belong to another lock file. */
export async function ensurePackages() {
  const lock = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (read(stampFile) === lock) return;
  if (!installedByHand()) {
    say('packages');
    // NODE_ENV=production would leave out what builds the web interface.
    const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
    if ((await npm(args)) !== 0) throw new SetupError('packagesFailed', { root });
  }
  writeFileSync(stampFile, lock);
}

/** npm writes this file at the end of an installation; one newer than the lock file belongs to it. */
function installedByHand() {
  if (read(stampFile) !== undefined) return false;
  try {
    return statSync(join(root, 'node_modules', '.package-lock.json')).mtimeMs >= statSync(lockFile).mtimeMs;
  } catch {
    return false;
  }
}

function npm(args) {
  const { npm_execpath: script } = process.env;
  const isNpm = script !== undefined && /npm-cli\.[cm]?js$/.test(script);
  return isNpm
    ? run(process.execPath, [script, ...args], { cwd: root })
    : run('npm', args, { cwd: root, shell: process.platform === 'win32' });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
