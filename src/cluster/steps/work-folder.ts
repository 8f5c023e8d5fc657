import { mkdir, readdir, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { stepsErrors } from './errors.ts';
import { makePrivateFolder, syncFolder } from './private-file.ts';

/** Where everything of one cluster's installation lies; all of it readable by its owner alone. */
export interface WorkFolder {
  readonly path: string;
  /** The plan that was last used with it, as it was written; it holds no secret. */
  readonly plan: string;
  /** The generations of ignition files, a folder each. */
  readonly generations: string;
  /** Names the generation that is served. */
  readonly current: string;
  readonly journal: string;
  readonly lock: string;
  /** What was gathered when something failed. */
  readonly gathered: string;
  /** The programs that were taken out of the release. */
  readonly programs: string;
}

/** Where the installation of a cluster is kept unless another folder is named: `clusters/<zone>` in the data folder. */
export const workPathIn = (dataFolder: string, zone: string): string =>
  join(resolve(dataFolder), 'clusters', zone);

/** What the places in a work folder are called. */
export function workFolder(path: string): WorkFolder {
  return {
    path,
    plan: join(path, 'plan.yaml'),
    generations: join(path, 'generations'),
    current: join(path, 'current'),
    journal: join(path, 'install.json'),
    lock: join(path, 'lock'),
    gathered: join(path, 'gathered'),
    programs: join(path, 'programs'),
  };
}

/** What `openshift-install` leaves where it ran by hand; it would go on from it, old certificates included. */
const isLeftByHand = (name: string) =>
  name === '.openshift_install_state.json' ||
  name === 'install-config.yaml' ||
  name === 'manifests' ||
  name === 'openshift' ||
  name.endsWith('.ign');

/**
 * Makes a work folder. Where `openshift-install` was run in it by hand, throws `cluster.staleState`; with `moveStale` what it
 * left is moved into a folder `stale-N` instead.
 */
export async function openWorkFolder(path: string, { moveStale = false } = {}): Promise<WorkFolder> {
  const work = workFolder(path);
  const names = await readdir(path).catch((): string[] => []);
  const stale = names.filter(isLeftByHand);
  try {
    await makePrivateFolder(path, { known: stale.length > 0 });
    await makePrivateFolder(work.generations);
  } catch (cause) {
    throw stepsErrors.badWorkFolder({ path, fault: String((cause as Error).message) }, { cause });
  }
  if (stale.length === 0) return work;
  if (!moveStale) throw stepsErrors.staleState({ path, files: stale.sort().join(', ') });
  let place = '';
  for (let at = 1; place === ''; at++) if (!names.includes(`stale-${at}`)) place = join(path, `stale-${at}`);
  await mkdir(place, { mode: 0o700 });
  // What depends on the install configuration goes after the state that would bring it back.
  for (const name of stale.sort()) await rename(join(path, name), join(place, name));
  await syncFolder(path);
  return work;
}
