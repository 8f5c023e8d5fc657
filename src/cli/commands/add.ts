import type { Command } from 'commander';
import { isPlace } from '../../images/index.ts';
import type { AddedLink, Link, LinkOptions, NewLink } from '../../links/index.ts';
import { tellCaptures } from '../captured.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { cliErrors } from '../errors.ts';
import { linkJson } from '../output/json.ts';
import { styleFor } from '../output/style.ts';
import { padTo, plainLine } from '../output/width.ts';
import type { Workspace } from '../program.ts';
import { readLines } from '../read-lines.ts';
import { readText } from '../read-text.ts';
import { collect, verb } from '../verb.ts';

interface Flags extends GlobalFlags {
  readonly tag?: readonly string[];
  readonly note?: string;
  readonly title?: string;
  readonly wait?: boolean;
  readonly checksum?: string;
  readonly platform?: readonly string[];
  readonly plainHttp?: boolean;
  readonly ca?: string;
}

/** More links than a person looks at one by one go into the lane for bulk. */
const mostInPersonLane = 20;

/** `holdfast add <link>…` */
export function addCommand(context: Context): Command {
  const { texts } = context;
  return verb('add', texts.add.about, context)
    .argument('<link...>', texts.add.links)
    .option('-t, --tag <tag>', texts.add.tag, collect)
    .option('-n, --note <note>', texts.add.note)
    .option('--title <title>', texts.add.title)
    .option('-w, --wait', texts.add.wait)
    .option('--checksum <digest>', texts.add.checksum)
    .option('--platform <os/arch>', texts.add.platform, collect)
    .option('--plain-http', texts.add.plainHttp)
    .option('--ca <file>', texts.add.ca)
    .action((urls: string[], flags: Flags) => add(context, urls, flags));
}

async function add(context: Context, given: readonly string[], flags: Flags): Promise<void> {
  const urls = (await Promise.all(given.map((url) => (url === '-' ? readLines(context.io) : [url])))).flat();
  if (urls.length === 0) throw cliErrors.noLinks();
  const folder = urls.find((url) => isPlace(url) && !url.startsWith('docker:'));
  if (folder !== undefined) throw cliErrors.notALink({ folder });
  const options = await optionsOf(context, flags);
  const links = urls.map(
    (url): NewLink => ({
      url,
      options,
      ...(flags.tag && { tags: flags.tag }),
      ...(flags.note !== undefined && { note: flags.note }),
      ...(flags.title !== undefined && { title: flags.title }),
    }),
  );
  await context.withWorkspace(flags, async (workspace) => {
    const lane = links.length > mostInPersonLane ? 'bulk' : 'person';
    const added = await workspace.links.add(links, { lane });
    if (flags.wait) {
      const awaited = await withJobs(workspace, added);
      if (!flags.json) for (const { link } of awaited.filter(({ job }) => !job)) tellKept(context, link);
      await tellCaptures(context, workspace, awaited, flags.json ?? false);
    } else await tell(context, workspace, added, flags.json ?? false);
  });
}

async function optionsOf(context: Context, flags: Flags): Promise<LinkOptions> {
  const { checksum, platform, plainHttp, ca } = flags;
  return {
    ...(checksum !== undefined && { checksum }),
    ...(platform && { platforms: platform }),
    ...(plainHttp && { plainHttp }),
    ...(ca !== undefined && { ca: await readText(context.io, ca) }),
  };
}

/** What waited for nothing is told all the same: the link was kept, and shows a good snapshot. */
function tellKept({ texts, io, say, note }: Context, { id, url, snapshot }: Link): void {
  const word = styleFor(io.stdout, io.env).dim(padTo(texts.add.existed, 10));
  say(`${word} ${snapshot?.id ?? id} ${plainLine(url)}`);
  note(`           ${texts.add.another(id)}`);
}

/** Who waits wants a snapshot, also of a link that was there before and has none. */
async function withJobs({ links }: Workspace, added: readonly AddedLink[]) {
  return Promise.all(
    added.map(async ({ link }) => {
      const active = link.job?.state === 'queued' || link.job?.state === 'running' ? link.job : null;
      const job = active ?? (link.snapshot?.verdict === 'good' ? null : await links.requestSnapshot(link.id));
      return { link, job };
    }),
  );
}

async function tell(
  context: Context,
  { jobs }: Workspace,
  added: readonly AddedLink[],
  json: boolean,
): Promise<void> {
  const { texts, io, language } = context;
  const style = styleFor(io.stdout, io.env);
  if (json) context.sayJson(added.map(({ link, created }) => ({ ...linkJson(link, language), created })));
  else
    for (const { link, created } of added) {
      const word = padTo(created ? texts.add.added : texts.add.existed, 8);
      context.say(`${created ? style.good(word) : style.dim(word)} ${link.id} ${plainLine(link.url)}`);
    }
  const waiting = added.filter(({ link }) => link.job?.state === 'queued').length;
  if (waiting > 0 && !(await jobs.hasLiveRunner())) context.note(texts.add.later(waiting));
}
