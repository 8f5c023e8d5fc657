import type { Clock } from '../../../kernel/index.ts';
import { hostOf, mastersOf, type Plan } from '../../plan/index.ts';
import { type ClusterApi, isTrue } from '../kube/index.ts';
import { type ApprovalRound, approveRound } from './approve-round.ts';
import { admissionOf, allWorkersOf } from './machines.ts';

/** One look at a cluster that stands: what was approved, and who of the plan is not ready yet. */
export interface DayTwoRound extends ApprovalRound {
  readonly missing: readonly string[];
  readonly unready: readonly string[];
}

/** Approves what nodes of the plan ask for that joined since the installation, by the same rules as then. */
export async function approvePlanned(
  plan: Plan,
  api: ClusterApi,
  clock: Clock,
  signal?: AbortSignal,
): Promise<DayTwoRound> {
  const nodes = await api.nodes(signal ? { signal } : {});
  const round = await approveRound(api, admissionOf(plan, nodes, true), clock, signal);
  const byName = new Map(nodes.map((node) => [node.metadata.name, node]));
  const planned = [...mastersOf(plan), ...allWorkersOf(plan)];
  const found = (name: string) => byName.get(hostOf(plan, name));
  return {
    ...round,
    missing: planned.filter(({ name }) => !found(name)).map(({ name }) => name),
    unready: planned
      .filter(({ name }) => {
        const node = found(name);
        return node !== undefined && !isTrue(node, 'Ready');
      })
      .map(({ name }) => name),
  };
}
