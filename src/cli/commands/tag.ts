import type { Command } from 'commander';
import type { Context, GlobalFlags } from '../context.ts';
import { cliErrors } from '../errors.ts';
import { linkJson } from '../output/json.ts';
import { resolveLinks } from '../refs.ts';
import { collect, verb } from '../verb.ts';

interface Flags extends GlobalFlags {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

/** `holdfast tag <link>… --add <tag> --remove <tag>` */
export function tagCommand(context: Context): Command {
  const { texts } = context;
  return verb('tag', texts.tag.about, context)
    .argument('<link...>', texts.show.ref)
    .option('-a, --add <tag>', texts.tag.add, collect)
    .option('-r, --remove <tag>', texts.tag.remove, collect)
    .action(async (refs: string[], flags: Flags) => {
      const { add, remove } = flags;
      if (!add && !remove) throw cliErrors.nothingToChange();
      await context.withWorkspace(flags, async (workspace) => {
        const ids = await resolveLinks(workspace, refs);
        await workspace.links.tag(ids, { ...(add && { add }), ...(remove && { remove }) });
        if (!flags.json) return context.say(texts.tag.done(ids.length));
        const links = await Promise.all(ids.map((id) => workspace.links.get(id)));
        context.sayJson(links.map((link) => linkJson(link, context.language)));
      });
    });
}
