import { resolve, sep } from 'node:path';
import {
  type EntrySource,
  type ExpectedNode,
  type FileEntry,
  type ShortNode,
  shortEntries,
} from '../../../services/files/index.ts';
import { downloadsOf, ignitionPathOf, installsOf, type Plan } from '../../plan/index.ts';
import { stepsErrors } from '../errors.ts';
import type { ServedIgnition } from '../ignition/index.ts';
import type { MissingFile } from './types.ts';

/** What there is to serve at this moment. */
export interface ServedNow {
  readonly plan: Plan;
  /** Where images lie, by their paths in the plan. */
  readonly folder: string;
  /** Images that come from elsewhere, such as the store, by their paths in the plan. */
  readonly images: ReadonlyMap<string, EntrySource>;
  /** The current generation; empty before there is one. */
  readonly ignition: readonly ServedIgnition[];
  /** Rendered boot scripts, by their paths (`boot/master1.ipxe`). */
  readonly scripts: ReadonlyMap<string, string>;
  /** True once bootstrap is done: its machine is the worker that it becomes from then on. */
  readonly bootstrapLeft: boolean;
  isThere(file: string): boolean;
  /** Sentences for whoever stands at a console. */
  readonly say: {
    /** Why there are no ignition files. */
    readonly absent: string;
    readonly expired: (at: number) => string;
  };
  now(): number;
}

/** Everything that the file service of a plan gives, who is expected to fetch it, and what of it is not there. */
export function filesOf(now: ServedNow): {
  readonly entries: readonly FileEntry[];
  readonly expected: readonly ExpectedNode[];
  readonly missing: readonly MissingFile[];
} {
  const { plan, scripts } = now;
  const missing: MissingFile[] = [];
  const all = downloadsOf(plan);
  const paths = all.filter(({ kind }) => kind !== 'ignition').map(({ path }) => path);
  for (const path of now.images.keys())
    if (!paths.includes(path)) throw stepsErrors.noSuchImage({ path, paths: paths.join(', ') });
  const downloads = all.map((download): FileEntry | undefined => {
    if (download.kind === 'ignition') {
      const made = now.ignition.find(({ name }) => `ignition/${name}` === download.path);
      if (!made) missing.push({ path: download.path });
      return ignitionEntry(download.path, made, now);
    }
    const given = now.images.get(download.path);
    if (given) return { path: `/${download.path}`, from: given };
    const file = fileBelow(now.folder, download.path);
    if (file !== undefined && now.isThere(file)) return { path: `/${download.path}`, from: { file } };
    missing.push({ path: download.path, ...(file !== undefined && { file }) });
    return undefined;
  });
  const nodes = bootOrder(now).map(
    (node): ShortNode => ({
      node: node.name,
      role: node.role,
      address: node.address,
      ignition: `/${ignitionPathOf(plan, node)}`,
      ...(scripts.has(`boot/${node.name}.ipxe`) && { script: `/boot/${node.name}.ipxe` }),
    }),
  );
  const entries = downloads.filter((entry) => entry !== undefined);
  const image = entries.find(({ path }) => path === `/${plan.rhcos.image}`)?.path;
  return {
    entries: [
      ...entries,
      ...[...scripts].map(([path, text]): FileEntry => ({ path: `/${path}`, from: { bytes: text } })),
      ...shortEntries(image, nodes),
    ],
    expected: nodes.map(({ node, role, address }) => ({
      node,
      role,
      address,
      paths: [
        ...all
          .filter((download) => download.nodes.some(({ name }) => name === node))
          .map(({ path }) => `/${path}`),
        ...[...scripts.keys()].filter((path) => path.startsWith(`boot/${node}.`)).map((path) => `/${path}`),
      ],
    })),
    missing,
  };
}

/** Ignition files hold secrets, so that only the machine that is to become the node is given its file. */
function ignitionEntry(path: string, made: ServedIgnition | undefined, now: ServedNow): FileEntry {
  const common = {
    path: `/${path}`,
    mediaType: 'application/vnd.coreos.ignition+json',
    access: 'planned',
  } as const;
  if (!made) return { ...common, from: { bytes: '' }, refuse: () => now.say.absent };
  return {
    ...common,
    from: { file: made.path },
    refuse: () => (made.expiresAt <= now.now() ? now.say.expired(made.expiresAt) : undefined),
  };
}

/** Of two installations at one address the one that is next comes first, since short paths answer by address. */
function bootOrder({ plan, bootstrapLeft }: ServedNow) {
  const nodes = installsOf(plan);
  return bootstrapLeft
    ? nodes.toSorted((a, b) => Number(a.role === 'bootstrap') - Number(b.role === 'bootstrap'))
    : nodes;
}

/** A path of the plan below a folder; undefined for one that leads out of it. */
function fileBelow(folder: string, path: string): string | undefined {
  const file = resolve(folder, path);
  return file.startsWith(resolve(folder) + sep) ? file : undefined;
}
