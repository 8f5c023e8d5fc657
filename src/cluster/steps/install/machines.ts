import {
  becomesOf,
  hostOf,
  isSingleNode,
  mastersOf,
  type Node,
  type Plan,
  workersOf,
} from '../../plan/index.ts';
import type { Admission } from '../csr/decide.ts';
import { isTrue, type KubeNode } from '../kube/index.ts';
import type { Journal } from './journal.ts';
import type { FileFetch, NodeState } from './types.ts';

/** Every worker of a plan, the one that bootstrap becomes last. */
export function allWorkersOf(plan: Plan): readonly Node[] {
  const last = becomesOf(plan);
  return last ? [...workersOf(plan), last] : workersOf(plan);
}

/** Who may be given certificates: the worker that bootstrap becomes not before bootstrap has left. */
export function admissionOf(plan: Plan, nodes: readonly KubeNode[], bootstrapHasLeft: boolean): Admission {
  const last = becomesOf(plan);
  const now = [...mastersOf(plan), ...workersOf(plan), ...(last && bootstrapHasLeft ? [last] : [])];
  return {
    admitted: now.map(({ name, address }) => ({ host: hostOf(plan, name), address })),
    later: last && !bootstrapHasLeft ? [hostOf(plan, last.name)] : [],
    joined: new Set(nodes.map((it) => it.metadata.name)),
  };
}

/** The ignition file that a machine fetches. */
export function ignitionFileOf(plan: Plan, node: Node): string {
  return isSingleNode(plan) ? 'bootstrap-in-place-for-live-iso.ign' : `${node.role}.ign`;
}

/** The latest fetch of its ignition file by a machine. */
export function fetchOf(
  plan: Plan,
  node: Node,
  fetches: readonly FileFetch[] | undefined,
): FileFetch | undefined {
  const name = ignitionFileOf(plan, node);
  return fetches?.findLast(
    ({ address, path }) => address === node.address && path.slice(path.lastIndexOf('/') + 1) === name,
  );
}

/** What of a cluster is known at one moment. */
export interface Seen {
  readonly fetches: readonly FileFetch[] | undefined;
  /** Undefined while the API gives no answer. */
  readonly nodes?: readonly KubeNode[];
}

/** How far a machine is, by what was seen. */
export function stateOf(plan: Plan, node: Node, seen: Seen, { steps }: Pick<Journal, 'steps'>): NodeState {
  if (node.role === 'bootstrap') {
    if (steps.drain.doneAt !== null) return 'left';
    if (steps.complete.doneAt !== null) return 'finished';
    if (seen.nodes) return 'serving';
  } else {
    const joined = seen.nodes?.find((it) => it.metadata.name === hostOf(plan, node.name));
    if (joined) return isTrue(joined, 'Ready') ? 'ready' : 'joining';
  }
  // The machine of bootstrap fetches its image again as a worker; before it has left, it does so as bootstrap.
  const isLast = node.name === becomesOf(plan)?.name;
  if (isLast && steps.drain.doneAt === null) return 'awaited';
  if (fetchOf(plan, node, seen.fetches)) return 'booting';
  const since = isLast ? (steps.drain.doneAt ?? 0) : 0;
  const isFetching = seen.fetches?.some(
    ({ address, at, path }) => address === node.address && at >= since && !path.endsWith('.ign'),
  );
  return isFetching ? 'installing' : 'awaited';
}
