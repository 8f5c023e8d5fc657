import { join, resolve } from 'node:path';
import type { PreflightReport } from '../cluster/steps/index.ts';
import type { OnProgress } from '../kernel/index.ts';
import type { ClusterPlace } from './cluster-place.ts';
import { ownInputs } from './commands/cluster/render.ts';
import type { Context, GlobalFlags } from './context.ts';

export interface PreflightFlags extends GlobalFlags {
  /** Where images of RHCOS lie; `images` in the work folder unless it is named. */
  readonly images?: string;
}

/** The authorities (PEM) that nodes of a plan trust besides the known ones: its bundle, or Holdfast's own where it has none. */
export async function bundleOf(
  context: Context,
  { plan, read }: ClusterPlace,
  flags: GlobalFlags,
): Promise<string | undefined> {
  const named = read.secrets.trustBundle?.reveal();
  return named ?? (await ownInputs(context, plan, flags)).trustBundle;
}

/** Looks at all that must be right before the machines of a plan boot, with the bastion that runs on its work folder. */
export async function preflightOf(
  context: Context,
  place: ClusterPlace,
  flags: PreflightFlags,
  { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: OnProgress } = {},
): Promise<PreflightReport> {
  const { connectBastion, createIgnition, runPreflight } = await import('../cluster/steps/index.ts');
  const { hasCode, systemClock } = await import('../kernel/index.ts');
  const { plan, read, work } = place;
  const trustBundle = await bundleOf(context, place, flags);
  const control = await connectBastion(work.path).catch((error: unknown) => {
    if (hasCode(error, 'cluster.bastionAway')) return undefined;
    throw error;
  });
  return runPreflight({
    plan,
    secrets: read.secrets,
    ...(trustBundle !== undefined && { trustBundle }),
    ...(control && { control }),
    ignition: createIgnition(work, systemClock),
    workFolder: work.path,
    imagesFolder:
      flags.images === undefined ? join(work.path, 'images') : resolve(context.io.cwd, flags.images),
    clock: systemClock,
    ...(signal && { signal }),
    ...(onProgress && { onProgress }),
  });
}
