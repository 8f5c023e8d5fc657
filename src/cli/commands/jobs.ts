import type { Command } from 'commander';
import type { Job, JobState } from '../../jobs/index.ts';
import { localizeError } from '../../texts/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { timeText } from '../output/formats.ts';
import { jobJson, linkIdOf } from '../output/json.ts';
import { styleFor } from '../output/style.ts';
import { padTo, plainLine } from '../output/width.ts';
import type { Workspace } from '../program.ts';
import { verb } from '../verb.ts';

interface Flags extends GlobalFlags {
  readonly all?: boolean;
  readonly cancel?: string;
  readonly retry?: string;
}

const states: readonly JobState[] = ['running', 'queued', 'failed', 'cancelled'];
const mostShown = 200;

/** `holdfast jobs` */
export function jobsCommand(context: Context): Command {
  const { texts } = context;
  return verb('jobs', texts.jobs.about, context)
    .option('-a, --all', texts.jobs.all)
    .option('--cancel <job>', texts.jobs.cancel)
    .option('--retry <job>', texts.jobs.retry)
    .action((flags: Flags) =>
      context.withWorkspace(flags, (workspace) => showJobs(context, workspace, flags)),
    );
}

async function showJobs(context: Context, { jobs, links }: Workspace, flags: Flags): Promise<void> {
  const { texts, language } = context;
  if (flags.cancel !== undefined) await jobs.cancel(flags.cancel);
  if (flags.retry !== undefined) await jobs.retry(flags.retry);
  const shown = await jobs.list({ ...(!flags.all && { states }), limit: mostShown });
  const counts = await jobs.counts();
  const served = await jobs.hasLiveRunner();
  if (flags.json)
    return context.sayJson({ counts, served, jobs: shown.map((job) => jobJson(job, language)) });
  const ids = [...new Set(shown.flatMap((job) => linkIdOf(job) ?? []))];
  const urls = new Map<string, string>();
  for (const id of ids) urls.set(id, (await links.find(id))?.url ?? id);
  for (const job of shown) context.say(lineOf(job, urls.get(linkIdOf(job) ?? '') ?? job.kind, context));
  if (shown.length === 0) context.note(texts.jobs.none);
  const order: readonly JobState[] = [...states, 'done'];
  context.note(order.map((state) => `${texts.states[state]} ${counts[state]}`).join(' · '));
  if (counts.queued > 0 && !served) context.note(texts.jobs.noRunner);
}

function lineOf(job: Job, name: string, { texts, language, io }: Context): string {
  const style = styleFor(io.stdout, io.env);
  const paint = job.state === 'failed' ? style.bad : job.state === 'running' ? style.good : style.dim;
  const line = `${job.id} ${paint(padTo(texts.states[job.state], 9))} ${timeText(job.updatedAt)} ${plainLine(name)}`;
  return job.fault ? `${line}\n    ${plainLine(localizeError(job.fault, language).message)}` : line;
}
