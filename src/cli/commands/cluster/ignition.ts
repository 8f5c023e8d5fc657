import { rename } from 'node:fs/promises';
import type { Command } from 'commander';
import type { StoredGeneration } from '../../../cluster/steps/index.ts';
import { type ClusterPlace, inputsOf, openPlace, type ProgramFlags } from '../../cluster-place.ts';
import type { Context } from '../../context.ts';
import { sizeText, timeText } from '../../output/formats.ts';
import { padTo, plainLine } from '../../output/width.ts';
import { verb } from '../../verb.ts';

interface Flags extends ProgramFlags {
  readonly new?: boolean;
  readonly list?: boolean;
  readonly use?: string;
}

/** The options of verbs that may run openshift-install. */
export function withProgramOptions(command: Command, { texts }: Context): Command {
  const t = texts.cluster.ignition;
  return command
    .option('--work <folder>', texts.cluster.work)
    .option('--installer <program>', t.installer)
    .option('--release-image <pullspec>', t.releaseImage)
    .option('--manifests <folder>', t.manifests)
    .option('--move-stale', t.moveStale);
}

/** `holdfast cluster ignition <plan>` */
export function ignitionCommand(context: Context): Command {
  const { texts } = context;
  const t = texts.cluster.ignition;
  return withProgramOptions(verb('ignition', t.about, context), context)
    .argument('<plan>', texts.cluster.plan)
    .option('--new', t.anew)
    .option('--list', t.list)
    .option('--use <generation>', t.use)
    .action((file: string, flags: Flags) => run(context, file, flags));
}

async function run(context: Context, file: string, flags: Flags): Promise<void> {
  const { texts, io, note, sayJson } = context;
  const t = texts.cluster.ignition;
  const { createIgnition } = await import('../../../cluster/steps/index.ts');
  const { systemClock } = await import('../../../kernel/index.ts');
  const place = await openPlace(context, file, flags);
  const ignition = createIgnition(place.work, systemClock);
  if (flags.list) return list(context, flags, await ignition.list(), (await ignition.current())?.id);
  if (flags.use !== undefined) {
    await refuseWhereInUse(place, flags);
    return tell(context, flags, await ignition.choose(flags.use), true);
  }
  const inputs = await inputsOf(context, place, flags);
  const current = await ignition.current();
  const stages: Readonly<Record<string, string>> = t.stages;
  const options = {
    signal: io.interrupted,
    onLine: (line: string) => note(`  ${plainLine(line)}`),
    onProgress: ({ stage, done, total }: { stage: string; done: number; total?: number }) => {
      if (done !== total) note(stages[stage] ?? stage);
    },
  };
  const isSame = current !== undefined && !flags.new && (await ignition.isFreshOf(inputs));
  if (isSame) {
    if (!flags.json) note(t.kept(current.id));
    return flags.json ? sayJson(jsonOf(current, false)) : tell(context, flags, current, false);
  }
  await refuseWhereInUse(place, flags);
  tell(context, flags, await ignition.make(inputs, options), true);
}

/** With another generation than their own, machines could not join; `--new` begins the installation anew. */
async function refuseWhereInUse({ work }: ClusterPlace, flags: Flags): Promise<void> {
  const { findJournal, stepsErrors } = await import('../../../cluster/steps/index.ts');
  const journal = await findJournal(work.journal);
  const isBegun = journal?.finishedAt === null && journal.steps.bootstrap.doneAt !== null;
  if (!isBegun) return;
  if (!flags.new) throw stepsErrors.ignitionInUse({ generation: journal.generation ?? '' });
  // The installation begins anew with the files: what the old one knew is of no use to it.
  await rename(work.journal, `${work.journal}.${journal.startedAt}`);
}

function list(
  { texts, say, note, sayJson }: Context,
  flags: Flags,
  generations: readonly StoredGeneration[],
  current: string | undefined,
): void {
  const t = texts.cluster.ignition;
  if (flags.json)
    return sayJson(generations.map((it) => ({ ...jsonOf(it, false), current: it.id === current })));
  if (generations.length === 0) return note(t.none);
  for (const { id, createdAt, expiresAt } of generations)
    say(
      [padTo(id, 26), timeText(createdAt), t.expires(timeText(expiresAt)), id === current ? t.current : '']
        .join('  ')
        .trimEnd(),
    );
}

function tell(
  { texts, say, sayJson }: Context,
  flags: Flags,
  generation: StoredGeneration,
  made: boolean,
): void {
  const t = texts.cluster.ignition;
  if (flags.json) return sayJson(jsonOf(generation, made));
  say(t.made(generation.id));
  for (const { name, sizeBytes, sha512 } of generation.files)
    say(`  ${padTo(name, 36)} ${sizeText(sizeBytes).padStart(8)}  sha512-${sha512.slice(0, 16)}…`);
  say(
    `  ${t.expires(timeText(generation.expiresAt))}; ${t.beginBy(timeText(generation.createdAt + 12 * 3_600_000))}`,
  );
}

function jsonOf({ createdAt, expiresAt, ...rest }: StoredGeneration, made: boolean) {
  const iso = (time: number) => new Date(time).toISOString();
  return { ...rest, made, createdAt: iso(createdAt), expiresAt: iso(expiresAt) };
}
