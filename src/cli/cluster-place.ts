import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Plan } from '../cluster/plan/index.ts';
import type { IgnitionInputs, SoundPlan, WorkFolder } from '../cluster/steps/index.ts';
import { type Digest, type OnProgress, splitDigest } from '../kernel/index.ts';
import type { Snapshot } from '../links/index.ts';
import { ownInputs } from './commands/cluster/render.ts';
import type { Context, GlobalFlags } from './context.ts';
import type { Workspace } from './program.ts';

export interface PlaceFlags extends GlobalFlags {
  readonly work?: string;
  readonly moveStale?: boolean;
}

export interface ProgramFlags extends PlaceFlags {
  readonly installer?: string;
  readonly releaseImage?: string;
  readonly manifests?: string;
}

/** A plan that was read, and where its installation is kept. */
export interface ClusterPlace {
  readonly read: SoundPlan;
  readonly plan: Plan;
  readonly work: WorkFolder;
}

/** Reads a plan and opens its work folder; throws what either does. */
export async function openPlace(context: Context, file: string, flags: PlaceFlags): Promise<ClusterPlace> {
  const { zoneOf } = await import('../cluster/plan/index.ts');
  const { keepPlan, loadPlan, openWorkFolder, workPathIn } = await import('../cluster/steps/index.ts');
  const { io } = context;
  const read = await loadPlan(resolve(io.cwd, file));
  const { data } = context.config(flags.data === undefined ? {} : { data: flags.data });
  const path = flags.work === undefined ? workPathIn(data, zoneOf(read.plan)) : resolve(io.cwd, flags.work);
  const work = await openWorkFolder(path, { moveStale: flags.moveStale ?? false });
  // The web interface has the folder alone.
  await keepPlan(work, read);
  return { read, plan: read.plan, work };
}

/** A snapshot of a release, with its bytes. */
export type KeptRelease = Snapshot & { readonly digest: Digest };

/** The kept snapshot of a version of OpenShift, the newest of the plan's architecture; undefined where there is none. */
export async function findRelease(
  { links }: Workspace,
  plan: Plan,
  version = plan.cluster.version.text,
): Promise<KeptRelease | undefined> {
  const page = await links.query({ q: `"${version}"`, limit: 200 });
  const found = page.links.flatMap(({ snapshot }) =>
    snapshot?.digest &&
    snapshot.evidence.some(
      ({ code, details }) =>
        code === 'releaseMirrored' &&
        details.version === version &&
        [plan.cluster.architecture, 'multi'].includes(String(details.architecture)),
    )
      ? [{ ...snapshot, digest: snapshot.digest }]
      : [],
  );
  return found.sort((a, b) => b.takenAt - a.takenAt)[0];
}

/** What the ignition files of a plan are made from; takes openshift-install out of the kept release where none is named. */
export async function inputsOf(
  context: Context,
  { plan, read, work }: ClusterPlace,
  flags: ProgramFlags,
  onProgress?: OnProgress,
): Promise<IgnitionInputs> {
  const { ignitionInputsOf, renderInputsOf } = await import('../cluster/steps/index.ts');
  const absolute = (path: string) => resolve(context.io.cwd, path);
  const installer =
    flags.installer === undefined
      ? await context.withWorkspace(flags, (workspace) =>
          takeInstaller(context, workspace, plan, work, onProgress),
        )
      : absolute(flags.installer);
  const secrets = renderInputsOf(read.secrets, await ownInputs(context, plan, flags));
  return ignitionInputsOf(plan, secrets, {
    installer,
    ...(flags.releaseImage !== undefined && { releaseImage: flags.releaseImage }),
    ...(flags.manifests !== undefined && { extraManifests: absolute(flags.manifests) }),
  });
}

async function takeInstaller(
  { io }: Context,
  workspace: Workspace,
  plan: Plan,
  work: WorkFolder,
  onProgress: OnProgress | undefined,
): Promise<string> {
  const { stepsErrors } = await import('../cluster/steps/index.ts');
  const release = await findRelease(workspace, plan);
  if (!release) throw stepsErrors.noInstaller({ version: plan.cluster.version.text });
  const { registryOf } = await import('../cluster/plan/index.ts');
  // Another mirror or another release is another program.
  const folder = join(work.programs, splitDigest(release.digest).hex.slice(0, 16));
  const to = join(folder, `openshift-install-${registryOf(plan).replace(/[^a-z0-9.-]/gi, '_')}`);
  if (existsSync(to)) return to;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { extractProgram } = await import('../capture/index.ts');
  const { path } = await extractProgram({
    store: workspace.store,
    snapshot: release.digest,
    program: 'openshift-install',
    to,
    mirror: { registry: registryOf(plan), repository: plan.registry.repository },
    signal: io.interrupted,
    ...(onProgress && { onProgress }),
  });
  return path;
}
