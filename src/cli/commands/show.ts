import type { Command } from 'commander';
import type { Link, Snapshot } from '../../links/index.ts';
import { localizeError, localizeEvidence } from '../../texts/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { sizeText, timeText } from '../output/formats.ts';
import { linkJson, snapshotJson } from '../output/json.ts';
import { styleFor } from '../output/style.ts';
import { padTo, plainLine, widthOf } from '../output/width.ts';
import { resolveRef } from '../refs.ts';
import { verb } from '../verb.ts';

type Row = readonly [label: string, value: string];

/** `holdfast show <link|snapshot>` */
export function showCommand(context: Context): Command {
  const { texts, language } = context;
  return verb('show', texts.show.about, context)
    .argument('<ref>', texts.show.ref)
    .action((ref: string, flags: GlobalFlags) =>
      context.withWorkspace(flags, async (workspace) => {
        const named = await resolveRef(workspace, ref);
        const link = await workspace.links.get(named.type === 'link' ? named.id : named.snapshot.linkId);
        const snapshot = named.type === 'link' ? link.snapshot : named.snapshot;
        const timeline = await workspace.links.snapshots(link.id);
        if (flags.json) {
          const snapshots = timeline.map((it) => snapshotJson(it, language));
          return context.sayJson({ ...linkJson(link, language, snapshot), snapshots });
        }
        print(context, [
          ...rowsOfLink(link, context),
          ...(snapshot ? rowsOfSnapshot(snapshot, context) : []),
        ]);
        if (timeline.length > 1) printTimeline(context, timeline);
      }),
    );
}

function rowsOfLink(link: Link, { texts, language }: Context): readonly Row[] {
  const t = texts.show;
  const { job } = link;
  const fault = job?.fault ? `: ${localizeError(job.fault, language).message}` : '';
  return [
    [t.link, link.id],
    ['', link.url],
    [t.title, link.title],
    [t.tags, link.tags.join(', ')],
    [t.note, link.note],
    [t.added, timeText(link.addedAt)],
    [t.trashed, link.deletedAt === null ? '' : timeText(link.deletedAt)],
    [t.job, job ? `${texts.states[job.state]} (${job.id})${fault}` : ''],
    ...(link.snapshot ? [] : [[t.snapshot, t.none] as const]),
  ];
}

function rowsOfSnapshot(snapshot: Snapshot, { texts, language }: Context): readonly Row[] {
  const t = texts.show;
  const { measures, evidence } = snapshot;
  return [
    [t.snapshot, snapshot.id],
    [t.digest, snapshot.digest ?? ''],
    [t.taken, timeText(snapshot.takenAt)],
    [t.verdict, texts.verdicts[snapshot.verdict]],
    ...evidence.map((it): Row => ['', localizeEvidence(it, language)]),
    [t.author, snapshot.author],
    [t.published, snapshot.publishedAt],
    [t.language, snapshot.language],
    [t.formats, snapshot.formats.join(', ')],
    [t.size, sizeText(measures.sizeBytes)],
    [t.missing, measures.missing > 0 ? t.missingOf(measures.missing, measures.resources) : ''],
  ];
}

function print({ say, io }: Context, rows: readonly Row[]): void {
  const style = styleFor(io.stdout, io.env);
  const columns = Math.max(...rows.map(([label]) => widthOf(label))) + 2;
  for (const [label, value] of rows)
    if (value !== '') say(`${style.dim(padTo(label, columns))}${plainLine(value)}`);
}

function printTimeline({ say, texts, io }: Context, timeline: readonly Snapshot[]): void {
  say('');
  say(styleFor(io.stdout, io.env).bold(texts.show.timeline));
  for (const { id, takenAt, verdict, measures } of timeline)
    say(`${id} ${timeText(takenAt)} ${padTo(texts.verdicts[verdict], 9)} ${sizeText(measures.sizeBytes)}`);
}
