import type { Command } from 'commander';
import { size } from '../../config/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { sizeText } from '../output/formats.ts';
import { padTo } from '../output/width.ts';
import { group, verb } from '../verb.ts';

/** What people write for all repositories together. */
const all = '*';
const prefixOf = (text: string) => (text === all ? '' : text.replace(/\/\*$/, ''));
const shown = (prefix: string) => (prefix === '' ? all : prefix);

/** `holdfast registry quota set|list|remove` */
export function quotaCommand(context: Context): Command {
  const t = context.texts.registry;
  const set = verb('set', t.setQuota, context)
    .argument('<repository>', t.prefix)
    .argument('<size>', t.size)
    .action((name: string, text: string, flags: GlobalFlags) =>
      context.withWorkspace(flags, async ({ registry }) => {
        const prefix = prefixOf(name);
        const limitBytes = size('1', '1000000GB')(text, { place: '<size>', folder: '' });
        await registry.quotas.set(prefix, limitBytes);
        if (flags.json) context.sayJson({ repository: shown(prefix), limitBytes });
        else context.say(t.quotaSet(shown(prefix), sizeText(limitBytes)));
      }),
    );
  const list = verb('list', t.listQuotas, context).action((flags: GlobalFlags) =>
    context.withWorkspace(flags, async ({ registry }) => {
      const quotas = await registry.quotas.list();
      if (flags.json)
        return context.sayJson(quotas.map(({ prefix, ...rest }) => ({ repository: shown(prefix), ...rest })));
      for (const { prefix, usedBytes, limitBytes } of quotas)
        context.say(`${padTo(shown(prefix), 32)} ${t.quotaUse(sizeText(usedBytes), sizeText(limitBytes))}`);
    }),
  );
  const remove = verb('remove', t.removeQuota, context)
    .argument('<repository>', t.prefix)
    .action((name: string, flags: GlobalFlags) =>
      context.withWorkspace(flags, async ({ registry }) => {
        const prefix = prefixOf(name);
        const removed = await registry.quotas.remove(prefix);
        if (flags.json) context.sayJson({ repository: shown(prefix), removed });
        else context.say(removed ? t.quotaRemoved(shown(prefix)) : t.noQuota(shown(prefix)));
      }),
    );
  return group('quota', t.quota, context, [set, list, remove]);
}
