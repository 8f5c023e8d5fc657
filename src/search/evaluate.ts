import type { Leaf, Ranks } from './engine.ts';
import { searchErrors } from './errors.ts';
import { leavesOf } from './leaves.ts';
import type { QueryNode } from './types.ts';

/** How an engine answers for one leaf. */
export interface LeafSource {
  count(leaf: Leaf, limit: number): Promise<number>;
  find(leaf: Leaf, within?: readonly number[]): Promise<Ranks>;
}

/** Up to this many documents, the next word is looked up in them alone instead of in all. */
const narrow = 2_000;

type Plan =
  | { readonly type: 'leaf'; readonly leaf: Leaf }
  | { readonly type: 'and' | 'or'; readonly plans: readonly Plan[] };

/** The documents that a tree of words, and, or has, with the sum of their words' ranks. */
export async function evaluate(node: QueryNode, source: LeafSource): Promise<Ranks> {
  return run(planOf(node), source, undefined);
}

function planOf(node: QueryNode): Plan {
  if (node.type === 'and' || node.type === 'or') return { type: node.type, plans: node.nodes.map(planOf) };
  if (node.type !== 'words') throw searchErrors.notWords({ type: node.type });
  const plans = leavesOf(node).map((leaf): Plan => ({ type: 'leaf', leaf }));
  return { type: plans.length === 0 ? 'or' : 'and', plans };
}

async function run(plan: Plan, source: LeafSource, within: Ranks | undefined): Promise<Ranks> {
  if (plan.type === 'leaf') return source.find(plan.leaf, within && [...within.keys()]);
  if (plan.type === 'or') {
    const sum: Ranks = new Map();
    for (const part of plan.plans) add(sum, await run(part, source, within));
    return sum;
  }
  if (plan.plans.length === 1) return run(plan.plans[0]!, source, within);
  let found: Ranks | undefined;
  for (const part of await rarestFirst(plan.plans, source)) {
    const limit = found !== undefined && found.size <= narrow ? found : within;
    const next = await run(part, source, limit);
    found = found === undefined ? next : both(found, next);
    if (found.size === 0) return found;
  }
  return found ?? new Map();
}

async function rarestFirst(plans: readonly Plan[], source: LeafSource): Promise<readonly Plan[]> {
  const counted: { plan: Plan; count: number }[] = [];
  for (const plan of plans) counted.push({ plan, count: await estimate(plan, source) });
  return counted.sort((a, b) => a.count - b.count).map(({ plan }) => plan);
}

async function estimate(plan: Plan, source: LeafSource): Promise<number> {
  if (plan.type === 'leaf') return source.count(plan.leaf, narrow + 1);
  const counts: number[] = [];
  for (const part of plan.plans) counts.push(await estimate(part, source));
  return plan.type === 'and' ? Math.min(...counts) : counts.reduce((sum, count) => sum + count, 0);
}

function add(sum: Ranks, more: Ranks): void {
  for (const [doc, rank] of more) sum.set(doc, (sum.get(doc) ?? 0) + rank);
}

function both(left: Ranks, right: Ranks): Ranks {
  const [few, many] = left.size <= right.size ? [left, right] : [right, left];
  const found: Ranks = new Map();
  for (const [doc, rank] of few) {
    const other = many.get(doc);
    if (other !== undefined) found.set(doc, rank + other);
  }
  return found;
}
