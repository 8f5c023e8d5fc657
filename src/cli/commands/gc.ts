import type { Command } from 'commander';
import { duration } from '../../config/index.ts';
import type { Progress } from '../../kernel/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { sizeText, timeText } from '../output/formats.ts';
import { plainLine } from '../output/width.ts';
import type { GarbageReport, Workspace } from '../program.ts';
import { verb } from '../verb.ts';
import { createLiveLines } from '../wait/live-lines.ts';

interface Flags extends GlobalFlags {
  readonly dryRun?: boolean;
  readonly grace?: string;
  readonly everything?: boolean;
}

/** Less could be shorter than it takes to record what was written; see `renewAfterMs` of the store. */
const readGrace = duration('5m', '8760h');

/** `holdfast gc` */
export function gcCommand(context: Context): Command {
  const { texts } = context;
  return verb('gc', texts.gc.about, context)
    .option('-n, --dry-run', texts.gc.dryRun)
    .option('--keep <rules>', texts.gc.keep)
    .option('--grace <duration>', texts.gc.grace)
    .option('--everything', texts.gc.everything)
    .action((flags: Flags) =>
      context.withWorkspace(flags, (workspace) => collect(context, workspace, flags)),
    );
}

async function collect(context: Context, workspace: Workspace, flags: Flags): Promise<void> {
  const { io, texts } = context;
  const graceMs =
    flags.grace === undefined ? undefined : readGrace(flags.grace, { place: '--grace', folder: io.cwd });
  const live = createLiveLines(io.stderr);
  let drawnAt = 0;
  const draw = ({ stage, done }: Progress) => {
    if (performance.now() - drawnAt < 100) return;
    drawnAt = performance.now();
    const isMarking = stage === 'marking';
    live.draw([
      `${isMarking ? texts.gc.marking : texts.gc.freeing} … ${isMarking ? texts.gc.items(done) : sizeText(done)}`,
    ]);
  };
  try {
    const report = await workspace.collectGarbage({
      dryRun: flags.dryRun ?? false,
      everything: flags.everything ?? false,
      signal: io.interrupted,
      onProgress: draw,
      ...(graceMs !== undefined && { graceMs }),
    });
    live.clear();
    if (flags.json) context.sayJson(jsonOf(report));
    else tell(context, report);
  } finally {
    live.clear();
  }
}

function jsonOf({ hasRules, links, ...report }: GarbageReport) {
  const told = links.map(({ removed, ...link }) => ({
    ...link,
    removed: removed.map((it) => ({ ...it, takenAt: new Date(it.takenAt).toISOString() })),
  }));
  return { ...report, hasRules, links: told };
}

function tell({ texts, say, note }: Context, report: GarbageReport): void {
  const t = texts.gc;
  for (const { url, kept, removed, freedBytes } of report.links) {
    say(plainLine(t.link(url, kept, removed.length, sizeText(freedBytes))));
    for (const { id, takenAt, verdict } of removed)
      say(`  ${id} ${timeText(takenAt)} ${texts.verdicts[verdict]}`);
  }
  const { unreferenced, partial } = report.freed;
  say((report.dryRun ? t.wouldFree : t.freed)(sizeText(report.freedBytes)));
  if (unreferenced.count > 0)
    say(`  ${t.unreferenced(unreferenced.count, sizeText(unreferenced.sizeBytes))}`);
  if (partial.count > 0) say(`  ${t.partial(partial.count, sizeText(partial.sizeBytes))}`);
  if (report.young.count > 0) note(t.young(report.young.count, sizeText(report.young.sizeBytes)));
  if (!report.hasRules) note(t.noRules);
}
