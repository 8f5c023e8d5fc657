import { errorText } from '../../kernel/index.ts';
import { type Plan, parsePlan } from '../plan/index.ts';
import { stepsErrors } from './errors.ts';
import { findText, writePrivateFile } from './private-file.ts';
import { maxPlanBytes, type SoundPlan } from './read-plan.ts';
import type { WorkFolder } from './work-folder.ts';

/** Keeps the text of a plan in its work folder, for whoever has the folder alone. */
export async function keepPlan(work: WorkFolder, { text }: Pick<SoundPlan, 'text'>): Promise<void> {
  const kept = await findText(work.plan, maxPlanBytes).catch(() => undefined);
  if (kept !== text) await writePrivateFile(work.plan, text);
}

/** The plan that a work folder was last used with; undefined where none is kept. Throws `cluster.badKeptPlan`. */
export async function findKeptPlan({ plan: path }: WorkFolder): Promise<Plan | undefined> {
  const text = await findText(path, maxPlanBytes).catch((cause) => {
    throw stepsErrors.badKeptPlan({ path, fault: errorText(cause) }, { cause });
  });
  if (text === undefined) return undefined;
  const { plan, issues } = parsePlan(text, path);
  if (plan) return plan;
  throw stepsErrors.badKeptPlan({ path, fault: issues[0]?.code ?? 'it is no plan' });
}
