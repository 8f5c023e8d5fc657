import type { Command } from 'commander';
import { openPlace, type PlaceFlags } from '../../cluster-place.ts';
import type { Context } from '../../context.ts';
import { viewLines } from '../../install-lines.ts';
import { verb } from '../../verb.ts';

/** `holdfast cluster status <plan>` */
export function statusCommand(context: Context): Command {
  const { texts } = context;
  return verb('status', texts.cluster.status.about, context)
    .argument('<plan>', texts.cluster.plan)
    .option('--work <folder>', texts.cluster.work)
    .action((file: string, flags: PlaceFlags) => tell(context, file, flags));
}

async function tell(context: Context, file: string, flags: PlaceFlags): Promise<void> {
  const { createIgnition, findJournal, viewOf } = await import('../../../cluster/steps/index.ts');
  const { systemClock } = await import('../../../kernel/index.ts');
  const { plan, work } = await openPlace(context, file, flags);
  const generation = await createIgnition(work, systemClock).current();
  const view = viewOf(plan, await findJournal(work.journal), generation, systemClock.now());
  if (flags.json) return context.sayJson(view);
  for (const line of viewLines(context, view)) context.say(line);
}
