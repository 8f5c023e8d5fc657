import { hostOf, installsOf, type Plan, zoneOf } from '../../plan/index.ts';
import { freshnessOf, type Generation, useWithinMs } from '../ignition/index.ts';
import type { Journal } from './journal.ts';
import { limitOf } from './limits.ts';
import { type InstallView, stepIds } from './types.ts';

/** The picture of an installation, from what is on disk; `journal` is undefined before it was begun. */
export function viewOf(
  plan: Plan,
  journal: Journal | undefined,
  generation: Generation | undefined,
  nowMs: number,
): InstallView {
  const { name, version } = plan.cluster;
  return {
    format: 1,
    cluster: { name, zone: zoneOf(plan), version: version.text },
    state: !journal ? 'notStarted' : journal.finishedAt === null ? 'running' : 'finished',
    startedAt: journal?.startedAt ?? null,
    finishedAt: journal?.finishedAt ?? null,
    active: stepIds.find((id) => journal?.steps[id].state === 'active') ?? null,
    steps: stepIds.map((id) => {
      const { lateAt = null, ...record } = journal?.steps[id] ?? {
        state: 'pending' as const,
        since: null,
        doneAt: null,
        evidence: [],
        waitsFor: [],
        next: null,
      };
      return { id, ...record, limitMs: limitOf(id, version), late: lateAt !== null };
    }),
    nodes: installsOf(plan).map((node) => {
      const { state, since } = journal?.nodes[node.name] ?? { state: 'awaited' as const, since: null };
      const { role, address } = node;
      return { name: node.name, host: hostOf(plan, node.name), role, address, state, since };
    }),
    certificates: generation
      ? {
          generation: generation.id,
          createdAt: generation.createdAt,
          useBy: generation.createdAt + useWithinMs,
          expiresAt: generation.expiresAt,
          freshness: freshnessOf(generation, nowMs),
        }
      : null,
    approved: journal?.approved ?? [],
    left: journal?.left ?? [],
    operators: journal?.operators ?? null,
    warnings: journal?.warnings ?? [],
    kubeconfig: journal?.kubeconfig ?? null,
    console: journal?.console ?? null,
  };
}
