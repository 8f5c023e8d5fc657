import { lstat, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { type Digest, digestOf, errorText, HoldfastError, isDigest, newId } from '../../../kernel/index.ts';
import type { RenderedFile } from '../../plan/index.ts';
import { stepsErrors } from '../errors.ts';
import { findText, makePrivateFolder, refuseForeign, syncFolder } from '../private-file.ts';

/** What became of a file of a rendered plan. */
export interface WrittenFile {
  /** Below the folder. */
  readonly path: string;
  readonly digest: Digest;
  readonly sizeBytes: number;
  readonly mode: number;
  readonly state: 'new' | 'changed' | 'same';
}

export interface WrittenFolder {
  /** Absolute. */
  readonly folder: string;
  readonly files: readonly WrittenFile[];
  /** Files of an earlier rendering that the plan no longer has. */
  readonly removed: readonly string[];
}

/** Remembers what was rendered, so that what somebody changed since is told from what the plan changed. */
const memoryName = '.rendered.json';
const maxMemoryBytes = 1024 ** 2;

/**
 * Writes a rendered plan into a folder, each file whole and the folder never half: a new folder (0700) appears at once, and in one
 * that exists, whose own mode stays, nothing is touched before all is written beside it. Files of an earlier rendering give way; one that somebody
 * changed by hand, or that was never rendered, is kept and `cluster.renderConflict` thrown, unless `force`. Files of other names
 * stay. Throws `cluster.unwritableFolder` where the file system refuses.
 */
export async function writeRendered(
  to: string,
  files: ReadonlyMap<string, RenderedFile>,
  { force = false }: { readonly force?: boolean } = {},
): Promise<WrittenFolder> {
  const folder = resolve(to);
  const draft = join(dirname(folder), `.${basename(folder).slice(0, 100)}.${newId()}.draft`);
  try {
    const before = await memoryOf(folder);
    const written = await Promise.all([...files].map((entry) => compared(folder, entry)));
    const edited = written.filter(
      ({ path, digest, was }) => was && was !== digest && was !== before.get(path),
    );
    if (edited.length > 0 && !force) throw conflict(folder, edited);
    const stale = await staleOf(folder, before, files);
    const memory = `${JSON.stringify(Object.fromEntries(written.map(({ path, digest }) => [path, digest])), null, 2)}\n`;
    await makePrivateFolder(draft);
    const all = new Map([...files, [memoryName, { text: memory, mode: 0o600 }] as const]);
    for (const [path, file] of all) await writeDraft(join(draft, path), file);
    await moveInto(folder, draft, [...all.keys()]);
    for (const path of stale) await rm(join(folder, path), { force: true });
    return { folder, files: written.map(({ was: _, ...file }) => file), removed: stale };
  } catch (cause) {
    if (cause instanceof HoldfastError) throw cause;
    throw stepsErrors.unwritableFolder({ path: folder, detail: errorText(cause) }, { cause });
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => {});
  }
}

function conflict(folder: string, edited: readonly { readonly path: string }[]): HoldfastError {
  const shown = edited.slice(0, 5).map(({ path }) => path);
  const files = shown.join(', ') + (edited.length > shown.length ? ', …' : '');
  return stepsErrors.renderConflict({ path: folder, files, count: edited.length });
}

async function compared(folder: string, [path, { text, mode }]: readonly [string, RenderedFile]) {
  const digest = digestOf(text);
  const was = await digestAt(join(folder, path));
  const state = was === undefined ? 'new' : was === digest ? 'same' : 'changed';
  return { path, digest, sizeBytes: Buffer.byteLength(text), mode, state, was } as const;
}

/** The digest of a plain file; undefined where there is nothing. */
async function digestAt(path: string): Promise<Digest | undefined> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return undefined;
  // Whatever it is, it is not what was rendered; a rename over it is refused or takes its place.
  return found.isFile() ? digestOf(await readFile(path)) : digestOf(path);
}

async function memoryOf(folder: string): Promise<ReadonlyMap<string, Digest>> {
  const text = await findText(join(folder, memoryName), maxMemoryBytes);
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    const entries = Object.entries(value as object).filter((it): it is [string, Digest] => isDigest(it[1]));
    return new Map(entries);
  } catch {
    // Without it files merely count as changed by hand.
    return new Map();
  }
}

/** What was rendered before, is as it was, and is not in the plan any more. */
async function staleOf(
  folder: string,
  before: ReadonlyMap<string, Digest>,
  files: ReadonlyMap<string, RenderedFile>,
): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const [path, digest] of before) {
    const leadsOut = path.split('/').includes('..') || path.startsWith('/');
    if (!files.has(path) && !leadsOut && (await digestAt(join(folder, path))) === digest) stale.push(path);
  }
  return stale;
}

async function writeDraft(path: string, { text, mode }: { text: string; mode: number }): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A folder that is not there yet comes as a whole; into one that is there, file by file. */
async function moveInto(folder: string, draft: string, paths: readonly string[]): Promise<void> {
  const isThere = await lstat(folder).then(
    () => true,
    () => false,
  );
  if (!isThere) {
    await rename(draft, folder);
    return syncFolder(dirname(folder));
  }
  await refuseForeign(folder);
  const folders = new Set([folder]);
  for (const path of paths) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await rename(join(draft, path), target);
    folders.add(dirname(target));
  }
  for (const it of folders) await syncFolder(it);
}
