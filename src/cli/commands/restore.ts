import type { Command } from 'commander';
import type { Context, GlobalFlags } from '../context.ts';
import { resolveLinks } from '../refs.ts';
import { verb } from '../verb.ts';

/** `holdfast restore <link>…` */
export function restoreCommand(context: Context): Command {
  const { texts } = context;
  return verb('restore', texts.restore.about, context)
    .argument('<link...>', texts.show.ref)
    .action((refs: string[], flags: GlobalFlags) =>
      context.withWorkspace(flags, async (workspace) => {
        const ids = await resolveLinks(workspace, refs);
        const restored = await workspace.links.restore(ids);
        if (flags.json) context.sayJson({ ids, restored });
        else context.say(texts.restore.done(restored));
      }),
    );
}
