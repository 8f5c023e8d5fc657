import type { Download } from '../../../plan/index.ts';
import { freshnessOf } from '../../ignition/index.ts';
import { findings } from '../findings.ts';
import type { Scene, Verdict } from '../types.ts';
import { failed, passed, warning } from '../verdict.ts';

/** Whether an ignition file was made and its certificates hold. That there is none yet hinders nothing: it is the next step. */
export async function ignitionVerdict({ ignition, clock }: Scene, { path }: Download): Promise<Verdict> {
  const current = await ignition.current();
  if (!current) return warning(findings.ignitionNotMade({ path }));
  const file = current.files.find(({ name }) => `ignition/${name}` === path);
  if (!file) return failed(findings.ignitionNotInGeneration({ path, generation: current.id }));
  const now = clock.now();
  const ends = new Date(file.expiresAt).toISOString();
  if (file.expiresAt <= now) return failed(findings.ignitionEnded({ path, ends }));
  const freshness = freshnessOf({ createdAt: current.createdAt, expiresAt: file.expiresAt }, now);
  if (freshness !== 'fresh') return warning(findings.ignitionAging({ path, ends }));
  return passed(findings.ignitionFresh({ generation: current.id, ends }));
}
