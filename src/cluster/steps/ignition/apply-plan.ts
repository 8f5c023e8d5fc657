import { lstat, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseAllDocuments, parseDocument } from 'yaml';
import { errorText } from '../../../kernel/index.ts';
import { chronyMachineConfig } from '../../plan/index.ts';
import { stepsErrors } from '../errors.ts';
import type { IgnitionInputs } from './types.ts';

/** A manifest that the plan changed or added, by its place below `/opt/openshift/` in bootstrap.ign. */
export interface AppliedManifest {
  readonly path: string;
  readonly text: string;
}

const schedulerFile = 'manifests/cluster-scheduler-02-config.yml';
const maxManifests = 500;
const maxManifestBytes = 1024 ** 2;

/**
 * Puts the plan into what `create manifests` wrote in `folder`: whether masters take work, the time servers, and the user's own
 * manifests. Throws `cluster.unexpectedManifests` or `cluster.badManifest`.
 */
export async function applyPlan(
  folder: string,
  inputs: IgnitionInputs,
  own: readonly OwnManifest[],
): Promise<readonly AppliedManifest[]> {
  const scheduler = await withSchedulable(folder, inputs.mastersSchedulable);
  const added: AppliedManifest[] = inputs.timeServers.length === 0 ? [] : chronyOf(inputs);
  for (const { name, text } of own) added.push({ path: `openshift/${name}`, text });
  for (const { path, text } of added)
    await writeFile(join(folder, path), text, { flag: 'wx', mode: 0o600 }).catch((cause) => {
      const fault = cause.code === 'EEXIST' ? 'openshift-install makes one of this name' : errorText(cause);
      throw stepsErrors.badManifest({ path, fault }, { cause });
    });
  return [scheduler, ...added];
}

function chronyOf({ timeServers, version, singleNode }: IgnitionInputs): AppliedManifest[] {
  const roles = singleNode ? (['master'] as const) : (['master', 'worker'] as const);
  return roles.map((role) => ({
    path: `openshift/99_openshift-machineconfig_99-${role}-chrony.yaml`,
    text: chronyMachineConfig(role, timeServers, version),
  }));
}

/** openshift-install writes true where no compute replicas are asked for, which bare metal never does. */
async function withSchedulable(folder: string, mastersSchedulable: boolean): Promise<AppliedManifest> {
  const file = join(folder, schedulerFile);
  try {
    const document = parseDocument(await readFile(file, 'utf8'));
    if (document.get('kind') !== 'Scheduler') throw new SyntaxError('it is no Scheduler');
    document.setIn(['spec', 'mastersSchedulable'], mastersSchedulable);
    const text = document.toString();
    await writeFile(file, text);
    return { path: schedulerFile, text };
  } catch (cause) {
    throw stepsErrors.unexpectedManifests({ file: schedulerFile, fault: errorText(cause) }, { cause });
  }
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
