import type { Command } from 'commander';
import type { ExportPlan, Selection } from '../../bundle/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { cliErrors } from '../errors.ts';
import { sizeText } from '../output/formats.ts';
import { plainLine } from '../output/width.ts';
import type { Workspace } from '../program.ts';
import { resolveLinks } from '../refs.ts';
import { collect, verb } from '../verb.ts';
import { createCarryBar } from '../wait/carry-bar.ts';

interface Flags extends GlobalFlags {
  readonly to?: string;
  readonly tag?: readonly string[];
  readonly all?: boolean;
  readonly history?: boolean;
  readonly partSize?: string;
  readonly receipt?: readonly string[];
  readonly sign?: string;
  readonly repair?: string;
  readonly newKey?: string;
}

/** `holdfast export [link]… --to <folder>` */
export function exportCommand(context: Context): Command {
  const t = context.texts.export;
  return verb('export', t.about, context)
    .argument('[link...]', context.texts.show.ref)
    .option('--to <folder>', t.to)
    .option('-t, --tag <tag>', t.tag, collect)
    .option('--all', t.all)
    .option('--history', t.history)
    .option('--part-size <size>', t.partSize)
    .option('--receipt <file>', t.receipt, collect)
    .option('--sign <key>', t.sign)
    .option('--repair <report>', t.repair)
    .option('--new-key <file>', t.newKey)
    .action((refs: string[], flags: Flags) => {
      if (flags.newKey !== undefined) return newKey(context, flags.newKey, flags.json ?? false);
      const { to } = flags;
      if (to === undefined) throw cliErrors.missingArgument({ argument: '--to', command: 'export' });
      return context.withWorkspace(flags, (workspace) =>
        flags.repair === undefined
          ? exportTo(context, workspace, to, refs, flags)
          : repairTo(context, workspace, to, flags.repair, flags.json ?? false),
      );
    });
}

async function newKey(context: Context, file: string, json: boolean): Promise<void> {
  const { makeKey } = await import('../../bundle/index.ts');
  const made = await makeKey(file);
  if (json) return context.sayJson({ ...made, file });
  context.say(context.texts.export.keyMade(plainLine(file), plainLine(made.publicFile)));
  context.note(context.texts.export.keyNext);
}

async function exportTo(
  context: Context,
  workspace: Workspace,
  to: string,
  refs: readonly string[],
  flags: Flags,
): Promise<void> {
  const { texts, io } = context;
  const { parsePartSize, readPrivateKey } = await import('../../bundle/index.ts');
  const selection: Selection = {
    tags: flags.tag ?? [],
    links: await resolveLinks(workspace, refs),
    ...(flags.all && { all: true }),
    ...(flags.history && { history: true }),
  };
  if (!flags.all && refs.length === 0 && flags.tag === undefined) throw cliErrors.nothingSelected();
  const key = flags.sign === undefined ? undefined : await readPrivateKey(flags.sign);
  const bar = createCarryBar(context, texts.export.bar);
  try {
    const plan = await workspace.carry.export({
      selection,
      to,
      ...(flags.partSize !== undefined && { partBytes: parsePartSize(flags.partSize) }),
      receipts: flags.receipt ?? [],
      ...(key && { key }),
      onPlan: (plan) => bar.above(() => tellPlan(context, plan)),
      onProgress: bar.onProgress,
      signal: io.interrupted,
    });
    bar.clear();
    if (flags.json) context.sayJson({ folder: to, ...plan, signed: key !== undefined });
    else context.say(texts.export.done(plainLine(to), plan.parts, sizeText(plan.tarBytes)));
  } finally {
    bar.clear();
    if (io.interrupted.aborted) context.note(texts.carry.goOn);
  }
}

function tellPlan({ note, texts }: Context, plan: ExportPlan): void {
  const t = texts.export;
  note(t.plan(plan.links, plan.snapshots, plan.blobs, sizeText(plan.tarBytes), plan.tarBytes));
  if (plan.leftOut.blobs > 0) note(t.leftOut(plan.leftOut.blobs, sizeText(plan.leftOut.sizeBytes)));
  if (plan.writtenBytes > 0) note(t.written(sizeText(plan.writtenBytes)));
  const { place, neededBytes, freeBytes } = plan.space;
  note(texts.carry.space(plainLine(place), sizeText(neededBytes), neededBytes, sizeText(freeBytes)));
}

async function repairTo(
  context: Context,
  { carry }: Workspace,
  to: string,
  report: string,
  json: boolean,
): Promise<void> {
  const { texts, io } = context;
  const bar = createCarryBar(context, texts.export.bar);
  try {
    const { chunks, sizeBytes } = await carry.repair({
      report,
      to,
      onProgress: bar.onProgress,
      signal: io.interrupted,
    });
    bar.clear();
    if (json) context.sayJson({ folder: to, chunks, sizeBytes });
    else context.say(texts.export.repaired(plainLine(to), chunks, sizeText(sizeBytes)));
  } finally {
    bar.clear();
  }
}
