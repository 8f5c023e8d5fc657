import { lstat, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { errorText } from '../../../kernel/index.ts';
import { stepsErrors } from '../errors.ts';
import type { IgnitionInputs } from './types.ts';

/** A manifest that the plan changed or added, by its place below `/opt/openshift/` in bootstrap.ign. */
export interface AppliedManifest {
  readonly path: string;
  readonly text: string;
}

const maxManifests = 500;
const maxManifestBytes = 1024 ** 2;

/**
 * Puts the plan's manifests and the user's own among those that `create manifests` wrote in `folder`. Throws
 * `cluster.badManifest` where one of the user's would take the place of another.
 */
export async function applyPlan(
  folder: string,
  manifests: IgnitionInputs['manifests'],
  own: readonly OwnManifest[],
): Promise<readonly AppliedManifest[]> {
  const ofPlan = [...manifests].map(([path, text]) => ({ path, text }));
  for (const { path, text } of ofPlan) await writeFile(join(folder, path), text, { mode: 0o600 });
  const added = own.map(({ name, text }) => ({ path: `openshift/${name}`, text }));
  for (const { path, text } of added)
    await writeFile(join(folder, path), text, { flag: 'wx', mode: 0o600 }).catch((cause) => {
      const fault = cause.code === 'EEXIST' ? 'there is one of this name already' : errorText(cause);
      throw stepsErrors.badManifest({ path, fault }, { cause });
    });
  return [...ofPlan, ...added];
}

/** A manifest of the user's own. */
export interface OwnManifest {
  readonly name: string;
  readonly text: string;
}

/** Reads a folder of manifests in the order of their names; throws `cluster.badManifest`, which names file and fault. */
export async function readOwnManifests(folder: string | undefined): Promise<readonly OwnManifest[]> {
  if (folder === undefined) return [];
  const bad = (path: string, fault: string, cause?: unknown) =>
    stepsErrors.badManifest({ path, fault }, { cause });
  const names = await readdir(folder).catch((cause) => {
    throw bad(folder, errorText(cause), cause);
  });
  if (names.length > maxManifests) throw bad(folder, `there are more than ${maxManifests} files in it`);
  const manifests: OwnManifest[] = [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*\.(?:ya?ml|json)$/.test(name))
      throw bad(path, 'its name does not end with .yaml, .yml or .json');
    const { size, isFile } = await lstat(path).then((it) => ({ size: it.size, isFile: it.isFile() }));
    if (!isFile) throw bad(path, 'it is no plain file');
    if (size > maxManifestBytes) throw bad(path, `it is larger than ${maxManifestBytes} bytes`);
    const text = await readFile(path, 'utf8');
    checkManifest(text, (fault) => bad(path, fault));
    manifests.push({ name, text });
  }
  return manifests;
}

function checkManifest(text: string, bad: (fault: string) => Error): void {
  const documents = parseAllDocuments(text);
  for (const document of Array.isArray(documents) ? documents : []) {
    const fault = document.errors[0];
    if (fault) throw bad(fault.message.split('\n')[0]!);
    if (document.contents === null) continue;
    if (typeof document.get('kind') !== 'string' || typeof document.get('apiVersion') !== 'string')
      throw bad('it has no apiVersion and kind');
  }
}
