import type { Clock } from '../../../kernel/index.ts';
import { HoldfastError } from '../../../kernel/index.ts';
import type { Admission } from '../csr/decide.ts';
import { type ClusterApi, conditionOf, type StoredRequest } from '../kube/index.ts';
import type { Approval, LeftRequest } from './types.ts';

/** What one round over the pending requests did. */
export interface ApprovalRound {
  readonly approved: readonly Approval[];
  readonly left: readonly LeftRequest[];
}

const mostPerRound = 200;

/**
 * Looks at every pending request once and approves what the plan allows: client certificates first, since only a node that has
 * joined asks for a serving one. A request that changed meanwhile is left for the next round.
 */
export async function approveRound(
  api: ClusterApi,
  admission: Admission,
  clock: Clock,
  signal?: AbortSignal,
): Promise<ApprovalRound> {
  const options = signal ? { signal } : {};
  const pending = (await api.requests(options))
    .filter(isPending)
    .sort((a, b) => (a.metadata.creationTimestamp < b.metadata.creationTimestamp ? -1 : 1));
  if (pending.length === 0) return { approved: [], left: [] };
  // What reads requests is slow to load, and mostly there are none.
  const { decide } = await import('../csr/decide.ts');
  const approved: Approval[] = [];
  const left: LeftRequest[] = [];
  const decided = await Promise.all(
    pending.slice(0, mostPerRound).map(async (it) => ({ it, decision: await decide(it.spec, admission) })),
  );
  for (const { it, decision } of decided) {
    const request = it.metadata.name;
    if (!decision.approve) {
      left.push({ at: clock.now(), request, reason: decision.reason, detail: decision.detail });
      continue;
    }
    try {
      await api.approve(it, `Holdfast: ${decision.host} is in the plan`, options);
    } catch (error) {
      if (error instanceof HoldfastError && error.details.status === 409) continue;
      throw error;
    }
    approved.push({ at: clock.now(), request, host: decision.host, usage: decision.kind });
  }
  return { approved, left };
}

function isPending(request: StoredRequest): boolean {
  const judged = ['Approved', 'Denied', 'Failed'].some((type) => conditionOf(request, type) !== undefined);
  return !judged && !request.status?.certificate;
}
