import type { Command } from 'commander';
import type { Link, LinkSort } from '../../links/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { timeText } from '../output/formats.ts';
import { linkJson } from '../output/json.ts';
import { styleFor } from '../output/style.ts';
import { cutTo, padTo, plainLine } from '../output/width.ts';
import type { Workspace } from '../program.ts';
import { choiceOf, numberOf, verb } from '../verb.ts';

interface Flags extends GlobalFlags {
  readonly limit?: string;
  readonly sort?: string;
  readonly trash?: boolean;
}

const sorts = ['added', 'updated', 'title', 'relevance'] as const satisfies readonly LinkSort[];
const mostInPage = 200;

/** `holdfast list [query]` */
export function listCommand(context: Context): Command {
  const { texts } = context;
  return verb('list', texts.list.about, context)
    .argument('[query...]', texts.list.query)
    .option('-l, --limit <number>', texts.list.limit)
    .option('--sort <order>', texts.list.sort)
    .option('--trash', texts.list.trash)
    .action((words: string[], flags: Flags) => list(context, words.join(' '), flags));
}

async function list(context: Context, q: string, flags: Flags): Promise<void> {
  const limit = flags.limit === undefined ? 50 : numberOf('--limit', flags.limit);
  const sort = flags.sort === undefined ? undefined : choiceOf('--sort', flags.sort, sorts);
  await context.withWorkspace(flags, async (workspace) => {
    const query = { q, ...(sort && { sort }), ...(flags.trash && { trash: true }) };
    const { links, total } = await collectPages(workspace, query, limit);
    if (flags.json) return context.sayJson(links.map((link) => linkJson(link, context.language)));
    const { texts } = context;
    if (links.length === 0) return context.note(q === '' ? texts.list.none : texts.list.noneFound);
    for (const link of links) context.say(lineOf(link, context));
    if (links.length < total) context.note(texts.list.more(links.length, total));
  });
}

async function collectPages(
  { links }: Workspace,
  query: { q: string; sort?: LinkSort; trash?: boolean },
  limit: number,
): Promise<{ links: readonly Link[]; total: number }> {
  const found: Link[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page = await links.query({
      ...query,
      limit: Math.min(mostInPage, limit - found.length),
      ...(cursor !== null && { cursor }),
    });
    found.push(...page.links);
    cursor = page.nextCursor;
    if (cursor === null || found.length >= limit) return { links: found, total: page.total };
  }
}

function lineOf(link: Link, { texts, io }: Context): string {
  const style = styleFor(io.stdout, io.env);
  const { snapshot, job } = link;
  const state = snapshot ? texts.verdicts[snapshot.verdict] : job ? texts.states[job.state] : '';
  const paint = snapshot?.verdict === 'good' ? style.good : job?.state === 'failed' ? style.bad : style.dim;
  const title = plainLine(link.title || link.url);
  const columns = io.stdout.isTTY ? Math.max(20, io.stdout.columns - 60) : Number.POSITIVE_INFINITY;
  const tags = link.tags.map((tag) => `#${plainLine(tag)}`).join(' ');
  const name = io.stdout.isTTY ? cutTo(title, columns) : title;
  const rest = [name, link.title ? style.dim(plainLine(link.url)) : '', tags].filter((it) => it !== '');
  return `${link.id} ${paint(padTo(state, 9))} ${timeText(link.addedAt)} ${rest.join('  ')}`;
}
