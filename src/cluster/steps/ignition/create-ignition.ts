import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, createIds } from '../../../kernel/index.ts';
import { stepsErrors } from '../errors.ts';
import { findText, writePrivateFile } from '../private-file.ts';
import type { WorkFolder } from '../work-folder.ts';
import { readOwnManifests } from './apply-plan.ts';
import { digestOfInputs, findGeneration, makeGeneration } from './make-generation.ts';
import {
  type Freshness,
  freshnessOf,
  type IgnitionInputs,
  type MakeOptions,
  type StoredGeneration,
} from './types.ts';

/** A file that may be given to machines now. */
export interface ServedIgnition {
  readonly name: string;
  /** Where its bytes lie. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha512: string;
  readonly expiresAt: number;
  readonly freshness: Freshness;
}

/** The generations of a cluster's ignition files, of which one is current. */
export interface Ignition {
  /** All that are whole, the oldest first. */
  list(): Promise<readonly StoredGeneration[]>;
  current(): Promise<StoredGeneration | undefined>;
  /** Makes another generation, which is current when this resolves. */
  make(inputs: IgnitionInputs, options?: MakeOptions): Promise<StoredGeneration>;
  /** True where the current generation was made from the same and is fresh. */
  isFreshOf(inputs: IgnitionInputs): Promise<boolean>;
  /** The current generation where it was made from the same and is fresh; otherwise makes another. */
  ensure(
    inputs: IgnitionInputs,
    options?: MakeOptions,
  ): Promise<{ readonly generation: StoredGeneration; readonly made: boolean }>;
  /** Makes a generation current; throws `cluster.noGeneration`. */
  choose(id: string): Promise<StoredGeneration>;
  /**
   * What is to be served of the current generation. Throws `cluster.noIgnition`, or `cluster.ignitionExpired` where its
   * certificates have ended; once a cluster is `installed`, the files whose own certificates hold are served further.
   */
  served(options?: { readonly installed?: boolean }): Promise<readonly ServedIgnition[]>;
}

/** Generations in a work folder. */
export function createIgnition(work: WorkFolder, clock: Clock): Ignition {
  const newId = createIds(clock);
  const placed = async (id: string): Promise<StoredGeneration | undefined> => {
    if (!/^[0-9a-z]{1,40}$/.test(id)) return undefined;
    const place = join(work.generations, id);
    const generation = await findGeneration(place);
    const folder = join(place, 'install');
    return generation && { ...generation, folder, kubeconfig: join(folder, 'auth', 'kubeconfig') };
  };

  const ignition: Ignition = {
    async list() {
      const names = await readdir(work.generations).catch(() => []);
      const found = await Promise.all(names.sort().map(placed));
      return found.filter((it) => it !== undefined);
    },

    async current() {
      const id = (await findText(work.current, 100))?.trim();
      return id === undefined ? undefined : placed(id);
    },

    async make(inputs, options = {}) {
      const own = await readOwnManifests(inputs.extraManifests);
      const digest = await digestOfInputs(inputs, own);
      // A run that was killed leaves keys behind that nobody will use.
      for (const name of await readdir(work.generations))
        if (name.endsWith('.making'))
          // An installer that outlived the program that started it may still write there; the next run removes it.
          await rm(join(work.generations, name), { recursive: true, force: true }).catch(() => undefined);
      const { id } = await makeGeneration(work.generations, newId(), inputs, own, digest, clock.now, options);
      return ignition.choose(id);
    },

    async isFreshOf(inputs) {
      const current = await ignition.current();
      if (!current || freshnessOf(current, clock.now()) !== 'fresh') return false;
      return current.inputs === (await digestOfInputs(inputs, await readOwnManifests(inputs.extraManifests)));
    },

    async ensure(inputs, options) {
      const current = await ignition.current();
      if (current && (await ignition.isFreshOf(inputs))) return { generation: current, made: false };
      return { generation: await ignition.make(inputs, options), made: true };
    },

    async choose(id) {
      const generation = await placed(id);
      if (!generation) throw stepsErrors.noGeneration({ generation: id.slice(0, 60) });
      await writePrivateFile(work.current, `${id}\n`);
      return generation;
    },

    async served({ installed = false } = {}) {
      const current = await ignition.current();
      if (!current) throw stepsErrors.noIgnition();
      const now = clock.now();
      const expired = freshnessOf(current, now) === 'expired';
      if (expired && !installed)
        throw stepsErrors.ignitionExpired({
          generation: current.id,
          ended: new Date(current.expiresAt).toISOString(),
        });
      return current.files
        .filter(({ expiresAt }) => expiresAt > now)
        .map((file) => ({
          ...file,
          path: join(current.folder, file.name),
          freshness: freshnessOf({ createdAt: current.createdAt, expiresAt: file.expiresAt }, now),
        }));
    },
  };
  return ignition;
}
