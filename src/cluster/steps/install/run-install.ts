import { join } from 'node:path';
import { type Clock, digestOf, errorText, HoldfastError, type OnProgress } from '../../../kernel/index.ts';
import { bootstrapOf, installsOf, type Plan, zoneOf } from '../../plan/index.ts';
import { stepsErrors } from '../errors.ts';
import type { ClusterApi } from '../kube/index.ts';
import { withLock } from '../lock.ts';
import { pause } from '../pause.ts';
import type { WorkFolder } from '../work-folder.ts';
import { approveRound } from './approve-round.ts';
import { type Book, openBook } from './book.ts';
import { gather } from './gather.ts';
import { limitOf } from './limits.ts';
import * as before from './looks-before.ts';
import * as boot from './looks-boot.ts';
import * as joining from './looks-join.ts';
import { admissionOf, stateOf } from './machines.ts';
import { createNudge, type Nudge } from './nudge.ts';
import type { LookAt, Scene } from './scene.ts';
import { told } from './told.ts';
import { type InstallEvent, type InstallPorts, type InstallView, type StepId, stepIds } from './types.ts';
import { viewOf } from './view.ts';

export interface InstallOptions {
  readonly plan: Plan;
  readonly work: WorkFolder;
  readonly ports: InstallPorts;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: InstallEvent) => void;
  /** Of what takes long inside a step, such as the run of the installer. */
  readonly onProgress?: OnProgress;
  /** Goes on without the preflight. */
  readonly skipPreflight?: boolean;
  /** How long to wait between looks; default 5 s. */
  readonly pollMs?: number;
}

const looks: Readonly<Record<StepId, LookAt>> = {
  mirror: before.mirror,
  serve: before.serve,
  preflight: before.preflight,
  ignition: before.ignition,
  bootstrap: boot.bootstrap,
  masters: boot.masters,
  complete: boot.complete,
  drain: boot.drain,
  workers: joining.workers,
  approvals: joining.approvals,
  operators: joining.operators,
  handover: joining.handover,
};

/**
 * Drives an installation to its end, from wherever the journal in the work folder stands. It may be killed at any moment: every
 * step is looked at and not remembered, and what was done is on disk before it is told. Throws `cluster.busy` where another
 * process does the same, and what a step throws; the journal stays.
 */
export async function runInstall(options: InstallOptions): Promise<InstallView> {
  return withLock(options.work, () => run(options));
}

async function run(options: InstallOptions): Promise<InstallView> {
  const { plan, work, ports, clock, signal, onEvent = () => {}, onProgress, pollMs = 5000 } = options;
  const zone = zoneOf(plan);
  const book = await openBook(work.journal, { zone, plan: digestOf(JSON.stringify(plan)) }, clock, onEvent);
  const { journal } = book;
  if (journal.zone !== zone) throw stepsErrors.otherCluster({ path: work.path, zone: journal.zone });
  const lookOptions = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
  let api: ClusterApi | undefined;
  let nudge: Nudge | undefined;
  let connectedBy: string | null = null;
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (journal.kubeconfig !== null && journal.kubeconfig !== connectedBy) {
        nudge?.stop();
        nudge = undefined;
        api?.close();
        api = await ports.connect(journal.kubeconfig);
        connectedBy = journal.kubeconfig;
      }
      const scene: Scene = {
        plan,
        ports,
        clock,
        journal,
        options: lookOptions,
        skipPreflight: options.skipPreflight ?? false,
        api,
        ...(await see(ports, api, lookOptions)),
      };
      await book.nodes(
        new Map(installsOf(plan).map((node) => [node.name, stateOf(plan, node, scene, journal)])),
      );
      await approve(book, scene);
      const step = stepIds.find((id) => journal.steps[id].state !== 'done');
      if (!step) break;
      await book.begin(step);
      const look = await lookAt(step, scene, book, work);
      if (look.done) {
        await book.finish(step, look.evidence);
        continue;
      }
      await book.wait(step, look);
      await tellLate(book, step, scene, work);
      if (api && scene.nodes) nudge ??= createNudge(api);
      await (nudge ? nudge.wait(pollMs, signal) : pause(pollMs, signal));
    }
    await book.end();
    return viewOf(plan, journal, await ports.ignition.current(), clock.now());
  } finally {
    nudge?.stop();
    api?.close();
  }
}

/** What goes wrong with the API is waited for: it comes and goes while the control plane is handed over. */
const isOfApi = (error: unknown): error is HoldfastError =>
  error instanceof HoldfastError && error.code.startsWith('cluster.api');

async function see(ports: InstallPorts, api: ClusterApi | undefined, options: Scene['options']) {
  const fetches = await ports.services.fileFetches(options);
  const nothing = { fetches, apiFault: '', bootstrapIsComplete: false };
  if (!api) return nothing;
  const signal = options.signal ? { signal: options.signal } : {};
  try {
    const nodes = await api.nodes(signal);
    return { fetches, apiFault: '', nodes, bootstrapIsComplete: await api.bootstrapComplete(signal) };
  } catch (error) {
    if (isOfApi(error)) return { ...nothing, apiFault: errorText(error) };
    throw error;
  }
}

async function approve(book: Book, { plan, api, nodes, clock, options, journal }: Scene): Promise<void> {
  if (!api || !nodes || journal.steps.bootstrap.state !== 'done') return;
  const hasLeft = !bootstrapOf(plan) || journal.steps.drain.doneAt !== null;
  try {
    await book.requests(await approveRound(api, admissionOf(plan, nodes, hasLeft), clock, options.signal));
  } catch (error) {
    if (!isOfApi(error)) throw error;
  }
}

async function lookAt(step: StepId, scene: Scene, book: Book, work: WorkFolder) {
  try {
    return await looks[step](scene);
  } catch (error) {
    scene.options.signal?.throwIfAborted();
    const detail = errorText(error);
    if (isOfApi(error)) return { done: false, waitsFor: [told('apiAway', { detail })] } as const;
    if (scene.nodes) await gatherFor(step, scene, book, work);
    throw error;
  }
}

async function tellLate(book: Book, step: StepId, scene: Scene, work: WorkFolder): Promise<void> {
  const { plan, clock, journal } = scene;
  const record = journal.steps[step];
  const limitMs = limitOf(step, plan.cluster.version);
  if (limitMs === null || record.lateAt !== null || clock.now() - (record.since ?? 0) < limitMs) return;
  // Until its machine is switched on, bootstrap waits for a person.
  if (step === 'bootstrap' && record.waitsFor.some(({ code }) => code === 'fetchAwaited')) return;
  record.lateAt = clock.now();
  await book.warn(step, told('late', { minutes: limitMs / 60_000 }));
  await gatherFor(step, scene, book, work);
}

async function gatherFor(step: StepId, scene: Scene, book: Book, work: WorkFolder): Promise<void> {
  const { plan, api, clock, options } = scene;
  const address = (bootstrapOf(plan) ?? plan.nodes[0]!).address;
  const hints = [
    `ssh core@${address} journalctl -b --no-pager -u bootkube.service -u release-image.service -u kubelet.service`,
    `ssh core@${address} sudo crictl ps -a`,
  ];
  const folder = join(work.gathered, `${step}-${clock.now()}`);
  await book.warn(
    step,
    told('gathered', { folder: await gather(scene.nodes && api, folder, hints, options.signal) }),
  );
}
