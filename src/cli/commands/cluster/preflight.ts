import type { Command } from 'commander';
import type { PreflightReport, Row } from '../../../cluster/steps/index.ts';
import { localizeError } from '../../../texts/index.ts';
import { openPlace, type PlaceFlags } from '../../cluster-place.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { type Style, styleFor } from '../../output/style.ts';
import { padTo, plainLine, widthOf } from '../../output/width.ts';
import { bundleOf, type PreflightFlags, preflightOf } from '../../preflight-of.ts';
import { choiceOf, verb } from '../../verb.ts';
import { createLiveLines } from '../../wait/live-lines.ts';

interface Flags extends PreflightFlags, PlaceFlags {
  readonly from?: string;
}

/** `holdfast cluster preflight <plan>` */
export function preflightCommand(context: Context): Command {
  const t = context.texts.cluster.preflight;
  return verb('preflight', t.about, context)
    .argument('<plan>', context.texts.cluster.plan)
    .option('--work <folder>', context.texts.cluster.work)
    .option('--images <folder>', t.images)
    .option('--from <place>', t.from)
    .action((file: string, flags: Flags) => preflight(context, file, flags));
}

async function preflight(context: Context, file: string, flags: Flags): Promise<void> {
  const { io, texts, sayJson, exitWith } = context;
  if (flags.from !== undefined) choiceOf('--from', flags.from, ['node']);
  const place = await openPlace(context, file, flags);
  if (flags.from !== undefined) {
    const { nodeScript } = await import('../../../cluster/steps/index.ts');
    const bundle = await bundleOf(context, place, flags);
    return void io.stdout.write(nodeScript(place.plan, texts.cluster.preflight.script, bundle));
  }
  const live = createLiveLines(io.stderr);
  const report = await preflightOf(context, place, flags, {
    signal: io.interrupted,
    onProgress: ({ done, total }) => live.draw([`${texts.cluster.preflight.working} ${done}/${total}`]),
  }).finally(() => live.clear());
  if (!report.ok) exitWith(exitCodes.notAllGood);
  if (flags.json) sayJson(jsonOf(context, report));
  else sayReport(context, report);
}

function jsonOf({ language }: Context, { cluster, ok, counts, rows }: PreflightReport) {
  return {
    cluster,
    ok,
    ...counts,
    rows: rows.map(({ id, group, title, status, finding }) => {
      const { message, hint } = localizeError(finding, language);
      const { code, details } = finding;
      return { id, group, title, status, code, details, detail: message, mend: hint ?? null };
    }),
  };
}

function sayReport(context: Context, report: PreflightReport): void {
  const { texts, io, say, note } = context;
  const t = texts.cluster.preflight;
  const style = styleFor(io.stdout, io.env);
  const width = Math.min(60, Math.max(...report.rows.map(({ title }) => widthOf(title))));
  let group: Row['group'] | undefined;
  let mended: string | undefined;
  for (const row of report.rows) {
    if (row.group !== group) say(style.bold(t.groups[row.group]));
    group = row.group;
    // Where one thing is behind many rows its mend stands once.
    mended = sayRow(context, row, mended, style, width);
  }
  const { passed, failed, warning, skipped } = report.counts;
  note(report.ok ? t.good(report.cluster, passed) : t.bad(report.cluster, failed));
  if (warning + skipped > 0) note(t.more(warning, skipped));
}

/** Says a row, and its mend unless it was said just before; gives the mend. */
function sayRow(
  { texts, language, say }: Context,
  row: Row,
  mended: string | undefined,
  style: Style,
  width: number,
): string | undefined {
  const t = texts.cluster.preflight;
  const paint = { passed: style.good, failed: style.bad, warning: style.warn, skipped: style.dim }[
    row.status
  ];
  const words = Math.max(...Object.values(t.status).map(widthOf));
  const { message, hint } = localizeError(row.finding, language);
  const status = paint(padTo(t.status[row.status], words));
  say(`  ${status}  ${padTo(plainLine(row.title), width)}  ${plainLine(message)}`);
  if (hint === undefined) return undefined;
  if (hint !== mended) say(`  ${' '.repeat(words)}  ${t.mend}: ${plainLine(hint)}`);
  return hint;
}
