import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { SetupError } from './texts.mjs';

/** Without this file the npm package's program, which is linked against glibc, cannot start (Alpine, NixOS). */
const loaders = { x64: '/lib64/ld-linux-x86-64.so.2', arm64: '/lib/ld-linux-aarch64.so.1' };

/** The path of a Node of version 24 or newer: the npm package's, else the one that runs, else the one on PATH. */
export function findNode24() {
  const packaged = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  const loader = loaders[process.arch];
  if (loader && existsSync(loader) && existsSync(packaged)) return packaged;
  if (isNew(process.version)) return process.execPath;
  if (isNew(versionOnPath())) return 'node';
  throw new SetupError('noNode');
}

function versionOnPath() {
  try {
    return execFileSync('node', ['--version'], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function isNew(version) {
  return Number(/^v(\d+)\./.exec(version)?.[1] ?? 0) >= 24;
}
