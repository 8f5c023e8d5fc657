import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../../../kernel/index.ts';
import { type Plan, parsePlan } from '../../../plan/index.ts';
import type { Check, Scene, Verdict } from '../types.ts';

const example = join(import.meta.dirname, '../../../../../examples/ocp-4.5.9/plan.yaml');
const referencePlan = parsePlan(readFileSync(example, 'utf8'), example).plan!;

/** The reference with nothing that would be asked of the world outside. */
export const quietPlan: Plan = { ...referencePlan, dns: { ...referencePlan.dns, upstream: [] } };

/** A scene on the reference plan; `after` is done by nobody unless a test does. */
export const sceneOf = (parts: Partial<Scene> = {}): Scene => ({
  plan: quietPlan,
  secrets: {},
  ignition: { current: async () => undefined },
  workFolder: '/nowhere/work',
  imagesFolder: '/nowhere/images',
  clock: systemClock,
  place: (wanted) => wanted,
  after: () => undefined,
  ...parts,
});

/** Runs checks; the verdicts by id. */
export async function verdictsOf(checks: readonly Check[]): Promise<ReadonlyMap<string, Verdict>> {
  const signal = new AbortController().signal;
  return new Map(await Promise.all(checks.map(async ({ id, run }) => [id, await run(signal)] as const)));
}

/** A verdict in short. */
export const brief = (verdict: Verdict | undefined) => verdict && `${verdict.status} ${verdict.finding.code}`;
