import type { Command } from 'commander';
import type { Context, GlobalFlags } from '../context.ts';
import { resolveLinks } from '../refs.ts';
import { verb } from '../verb.ts';

interface Flags extends GlobalFlags {
  readonly purge?: boolean;
}

/** `holdfast remove <link>…` */
export function removeCommand(context: Context): Command {
  const { texts } = context;
  return verb('remove', texts.remove.about, context)
    .argument('<link...>', texts.show.ref)
    .option('--purge', texts.remove.purge)
    .action((refs: string[], flags: Flags) =>
      context.withWorkspace(flags, async (workspace) => {
        const ids = await resolveLinks(workspace, refs);
        const removed = await workspace.links.remove(ids);
        const purged = flags.purge ? await workspace.links.purge(ids) : 0;
        if (flags.json) return context.sayJson({ ids, removed, purged });
        if (flags.purge) return context.say(texts.remove.purged(purged));
        context.say(texts.remove.done(removed));
        context.note(texts.remove.undo(ids.join(' ')));
      }),
    );
}
