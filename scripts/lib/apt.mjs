import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { run } from './run.mjs';
import { SetupError, say } from './texts.mjs';

/** True where system packages may be installed: root on a system with apt-get. */
export function mayInstall() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    accessSync('/usr/bin/apt-get', constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Installs Debian packages with visible progress. A package may be a list of alternatives: the first that the
 * system knows is taken. Services are not started.
 */
export async function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  say('system', { packages: packages.map((name) => [name].flat()[0]).join(' ') });
  await run('apt-get', ['update', '-q'], { env });
  const names = packages.map(firstKnown);
  const args = ['install', '-y', '-q', '--no-install-recommends', ...names];
  if ((await run('apt-get', args, { env })) !== 0)
    throw new SetupError('systemFailed', { packages: names.join(' ') });
}

function firstKnown(names) {
  const alternatives = [names].flat();
  return alternatives.find(isKnown) ?? alternatives.at(-1);
}

function isKnown(name) {
  try {
    const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
    return /Candidate: (?!\(none\))/.test(execFileSync('apt-cache', ['policy', name], options));
  } catch {
    return false;
  }
}
