import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';
import { SetupError, say } from './texts.mjs';

const sources = ['src/web', 'src/texts', 'src/http/schema', 'package-lock.json'];
const output = join(root, 'dist', 'web');
const stampFile = join(output, '.sources');

/** Builds the web interface into dist/web where what it is made of has changed since, told by a hash of the contents. */
export async function ensureWeb(node, { force = false } = {}) {
  const stamp = hashOf(sources);
  if (!force && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  say('web');
  const args = [
    join(root, 'node_modules/vite/bin/vite.js'),
    'build',
    '--outDir',
    output,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ];
  if ((await run(node, args, { cwd: join(root, 'src/web') })) !== 0) throw new SetupError('webFailed');
  mkdirSync(output, { recursive: true });
  writeFileSync(stampFile, stamp);
}

function hashOf(places) {
  const hash = createHash('sha256');
  for (const file of places.flatMap((place) => filesIn(join(root, place))).sort()) {
    if (/\.test\.tsx?$/.test(file)) continue;
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file)}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function filesIn(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  const entries = readdirSync(place, { withFileTypes: true, recursive: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries.map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}
