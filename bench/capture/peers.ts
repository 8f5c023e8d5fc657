import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Opponents (AGPL): installed here for a benchmark, never a dependency. */
const folder = join(import.meta.dirname, '../../.cache/bench/peers');
const peers = { 'single-file-cli': '2.0.83', 'single-file-core': '1.5.84' };

/** A file of an installed opponent. */
export function peerFile(path: string): string {
  return join(folder, 'node_modules', path);
}

/** Installs the opponents where they are not yet; throws with npm's words where that cannot be done. */
export function installPeers(): void {
  if (Object.keys(peers).every((name) => existsSync(peerFile(`${name}/package.json`)))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: peers }));
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
    stdio: 'pipe',
  });
}
