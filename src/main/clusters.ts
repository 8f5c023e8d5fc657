import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Plan } from '../cluster/plan/index.ts';
import type { BastionControl, BastionState, StoredGeneration, WorkFolder } from '../cluster/steps/index.ts';
import type { ClusterFacts, ClusterViews } from '../http/index.ts';
import { type Clock, HoldfastError } from '../kernel/index.ts';
import { lazy } from './lazy.ts';

/** A cluster whose bastion runs in this process. */
export interface ClusterHere {
  readonly zone: string;
  /** Its work folder, wherever that is. */
  readonly work: string;
  readonly bastion: Pick<BastionControl, 'state'>;
}

export interface ClusterViewsOptions {
  /** The folder with a work folder for each zone. */
  readonly folder: string;
  readonly here?: ClusterHere;
  readonly clock: Clock;
  /** How long a bastion of another process may take to answer; default 2 s. */
  readonly answerMs?: number;
}

/** Most servers have no cluster, and need not wait for what reads one. */
const steps = lazy(() => import('../cluster/steps/index.ts'));
const mostShown = 100;
/** A zone as plans have it: nothing that leads out of a folder. */
const isZone = (name: string) =>
  /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name) && !name.includes('..');

/** Shows the clusters whose work folders lie in a folder, and the one that is served in this process. */
export function createClusterViews(options: ClusterViewsOptions): ClusterViews {
  const { folder, here, clock, answerMs = 2_000 } = options;
  const zones = async (): Promise<readonly string[]> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    const names = entries.filter((it) => it.isDirectory() && isZone(it.name)).map(({ name }) => name);
    return [...new Set([...names, ...(here ? [here.zone] : [])])].sort().slice(0, mostShown);
  };

  /** Reading a plan takes longer than all else, and who looks at a page asks every 2 s. */
  const plans = new Map<string, { readonly mark: string; readonly plan: Plan | undefined }>();
  const planOf = async (work: WorkFolder): Promise<Plan | undefined> => {
    const file = await stat(work.plan).catch(() => undefined);
    const mark = file ? `${file.ino} ${file.mtimeMs} ${file.size}` : '';
    const known = plans.get(work.plan);
    if (known?.mark === mark) return known.plan;
    const plan = await (await steps()).findKeptPlan(work);
    if (plans.size >= mostShown) plans.clear();
    plans.set(work.plan, { mark, plan });
    return plan;
  };

  const stateOf = async (zone: string, path: string): Promise<BastionState | undefined> => {
    if (zone === here?.zone) return here.bastion.state();
    const { connectBastion } = await steps();
    const asking = connectBastion(path).then((control) => control.state());
    const state = await Promise.race([
      asking.catch(() => undefined),
      sleep(answerMs, undefined, { ref: false }),
    ]);
    // A socket may be anybody's who had this folder.
    return state?.cluster === zone ? state : undefined;
  };

  const factsOf = async (zone: string): Promise<ClusterFacts> => {
    const { createIgnition, findJournal, freshnessOf, viewOf, workFolder } = await steps();
    const work = workFolder(zone === here?.zone ? here.work : join(folder, zone));
    const faults: HoldfastError[] = [];
    const orFault = async <R>(reading: Promise<R>): Promise<R | undefined> => {
      try {
        return await reading;
      } catch (error) {
        if (!(error instanceof HoldfastError)) throw error;
        faults.push(error);
        return undefined;
      }
    };
    const ignition = createIgnition(work, clock);
    const [plan, found, generations, current, bastion] = await Promise.all([
      orFault(planOf(work)),
      orFault(findJournal(work.journal).then((journal) => ({ journal }))),
      ignition.list().catch((): readonly StoredGeneration[] => []),
      ignition.current().catch(() => undefined),
      stateOf(zone, work.path).catch(() => undefined),
    ]);
    const at = clock.now();
    return {
      zone,
      at,
      generations: generations.map((it) => ({ ...it, freshness: freshnessOf(it, at) })),
      faults,
      bastionIsHere: zone === here?.zone,
      ...(plan && { plan }),
      ...(plan && found && { install: viewOf(plan, found.journal, current, at) }),
      ...(bastion && { bastion }),
    };
  };

  return {
    any: async () => (await zones()).length > 0,
    list: async () => Promise.all((await zones()).map(factsOf)),
    async find(zone) {
      return (await zones()).includes(zone) ? factsOf(zone) : undefined;
    },
  };
}
