import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { BundleReport, ImportedBundle, ImportPlan } from '../../bundle/index.ts';
import { isPlace, recognisePlace } from '../../images/index.ts';
import { errorText } from '../../kernel/index.ts';
import { localizeError } from '../../texts/index.ts';
import { sayBadChunk, signatureText } from '../bundle-lines.ts';
import type { Context } from '../context.ts';
import { cliErrors } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { sizeText } from '../output/formats.ts';
import { plainLine } from '../output/width.ts';
import type { Workspace } from '../program.ts';
import { collect, verb } from '../verb.ts';
import { createCarryBar } from '../wait/carry-bar.ts';
import { type TakeInFlags, takeIn } from './take-in.ts';

interface Flags extends TakeInFlags {
  readonly trust?: string;
  readonly repair?: readonly string[];
  readonly report?: string;
}

/** As many missing blobs of a snapshot are named. */
const mostNamed = 5;

/** `holdfast import <folder>`: of a bundle, or of images as oc, skopeo and others write them. */
export function importCommand(context: Context): Command {
  const t = context.texts.import;
  return verb('import', t.about, context)
    .argument('<folder>', t.folder)
    .option('--trust <key>', context.texts.carry.trust)
    .option('--repair <folder>', context.texts.carry.repair, collect)
    .option('--report <file>', context.texts.carry.report)
    .option('-t, --tag <tag>', t.tag, collect)
    .option('--as <name>', t.as)
    .action(async (folder: string, flags: Flags) => {
      const place = await imagesIn(folder);
      const [misplaced] = Object.keys(flags).filter((name) => (place ? ofBundles : ofImages).has(name));
      if (misplaced !== undefined) throw cliErrors.otherImport({ option: `--${misplaced}`, folder });
      return context.withWorkspace(flags, (workspace) =>
        place ? takeIn(context, workspace, place, flags) : importFrom(context, workspace, folder, flags),
      );
    });
}

const ofBundles: ReadonlySet<string> = new Set(['trust', 'repair', 'report']);
const ofImages: ReadonlySet<string> = new Set(['tag', 'as']);

/** Undefined for a bundle, and for what is not there: an import of one says what is wrong with it. */
async function imagesIn(folder: string): Promise<Awaited<ReturnType<typeof recognisePlace>>> {
  const has = (path: string) => stat(path).then(Boolean, () => false);
  if (await has(join(folder, 'bundle.json'))) return undefined;
  return isPlace(folder) || (await has(folder)) ? recognisePlace(folder) : undefined;
}

async function importFrom(
  context: Context,
  { carry }: Workspace,
  folder: string,
  flags: Flags,
): Promise<void> {
  const { texts, io } = context;
  const { readPublicKey } = await import('../../bundle/index.ts');
  const trust = flags.trust === undefined ? undefined : await readPublicKey(flags.trust);
  const bar = createCarryBar(context, texts.import.bar);
  try {
    const done = await carry.import(folder, {
      ...(trust && { trust }),
      repairs: flags.repair ?? [],
      onPlan: (plan) => bar.above(() => tellPlan(context, plan)),
      onProgress: bar.onProgress,
      signal: io.interrupted,
    });
    bar.clear();
    if (flags.report !== undefined) await saveReport(flags.report, done.report);
    if (!done.ok) context.exitWith(exitCodes.notAllGood);
    if (flags.json) return context.sayJson(asJson(context, done));
    tell(context, done);
  } finally {
    bar.clear();
    if (io.interrupted.aborted) context.note(texts.carry.goOn);
  }
}

/** Writes a report where a person asked for it; throws `cli.writeFailed`. */
export async function saveReport(path: string, report: BundleReport): Promise<void> {
  await writeFile(path, `${JSON.stringify(report)}\n`).catch((cause) => {
    throw cliErrors.writeFailed({ path, detail: errorText(cause) }, { cause });
  });
}

function tellPlan(context: Context, plan: ImportPlan): void {
  const { note, texts } = context;
  note(signatureText(context, plan.signature));
  note(texts.import.plan(plan.blobs, sizeText(plan.sizeBytes), plan.sizeBytes, plan.held));
  if (!plan.space) return;
  const { place, neededBytes, freeBytes } = plan.space;
  note(texts.carry.space(plainLine(place), sizeText(neededBytes), neededBytes, sizeText(freeBytes)));
}

function asJson({ language }: Context, done: ImportedBundle) {
  const { failed, refused, report: _report, ...rest } = done;
  return {
    ...rest,
    failed: [...failed].map(([digest, detail]) => ({ digest, detail })),
    refused: refused.map(({ url, error }) => ({
      url,
      code: error.code,
      detail: localizeError(error, language).message,
    })),
  };
}

function tell(context: Context, done: ImportedBundle): void {
  const { say, note, language } = context;
  const t = context.texts.import;
  for (const bad of done.bad) sayBadChunk(context, bad);
  for (const { url, digest, missing } of done.incomplete) {
    say(plainLine(t.incomplete(digest, url)));
    for (const blob of missing.slice(0, mostNamed)) {
      const why = done.leftOutMissing.includes(blob)
        ? t.lacksLeftOut
        : done.failed.has(blob)
          ? t.lacksDamaged
          : t.lacks;
      say(`  ${why(blob)}`);
    }
    if (missing.length > mostNamed) say(`  ${t.more(missing.length - mostNamed)}`);
  }
  for (const { url, error } of done.refused)
    say(plainLine(t.refused(url, localizeError(error, language).message)));
  say(t.done(done.imported, sizeText(done.importedBytes), done.recorded, done.known));
  if (done.leftOutMissing.length > 0) note(t.nextReceipt);
  if (done.bad.length > 0) note(t.nextRepair);
}
