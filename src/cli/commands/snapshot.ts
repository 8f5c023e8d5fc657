import type { Command } from 'commander';
import { tellCaptures } from '../captured.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { linkJson } from '../output/json.ts';
import { plainLine } from '../output/width.ts';
import { resolveLinks } from '../refs.ts';
import { verb } from '../verb.ts';

interface Flags extends GlobalFlags {
  readonly wait?: boolean;
}

/** `holdfast snapshot <link>…` */
export function snapshotCommand(context: Context): Command {
  const { texts, language } = context;
  return verb('snapshot', texts.snapshot.about, context)
    .argument('<link...>', texts.show.ref)
    .option('-w, --wait', texts.add.wait)
    .action((refs: string[], flags: Flags) =>
      context.withWorkspace(flags, async (workspace) => {
        const { links, jobs } = workspace;
        const asked = [];
        for (const id of await resolveLinks(workspace, refs)) {
          const job = await links.requestSnapshot(id);
          asked.push({ link: await links.get(id), job });
        }
        if (flags.wait) return tellCaptures(context, workspace, asked, flags.json ?? false);
        if (flags.json) context.sayJson(asked.map(({ link }) => linkJson(link, language)));
        else for (const { link } of asked) context.say(`${texts.snapshot.queued} ${plainLine(link.url)}`);
        if (!(await jobs.hasLiveRunner())) context.note(texts.add.later(asked.length));
      }),
    );
}
