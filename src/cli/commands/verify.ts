import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { sizeText } from '../output/formats.ts';
import { plainLine } from '../output/width.ts';
import type { Workspace } from '../program.ts';
import { collect, verb } from '../verb.ts';
import { type Found, verifyAll } from '../verify-all.ts';
import { bar } from '../wait/bar.ts';
import { leftText } from '../wait/job-lines.ts';
import { createLiveLines } from '../wait/live-lines.ts';
import { type VerifyBundleFlags, verifyBundleIn } from './verify-bundle.ts';

/** `holdfast verify [folder]` */
export function verifyCommand(context: Context): Command {
  const { verify: t, carry } = context.texts;
  return verb('verify', t.about, context)
    .argument('[folder]', t.folder)
    .option('--trust <key>', carry.trust)
    .option('--repair <folder>', carry.repair, collect)
    .option('--report <file>', carry.report)
    .action((folder: string | undefined, flags: VerifyBundleFlags) =>
      folder === undefined
        ? context.withWorkspace(flags, (workspace) => verify(context, workspace, flags.json ?? false))
        : verifyBundleIn(context, folder, flags),
    );
}

/** A layer that all images of a release share would fill the screen. */
const mostImages = 5;

async function verify(context: Context, workspace: Workspace, json: boolean): Promise<void> {
  const { texts, io } = context;
  const live = createLiveLines(io.stderr);
  let drawnAt = 0;
  const found: Found[] = [];
  const walk = verifyAll(workspace, {
    signal: io.interrupted,
    onProgress: ({ done, total = 0, remainingMs }) => {
      if (done < total && performance.now() - drawnAt < 100) return;
      drawnAt = performance.now();
      live.draw([
        `${texts.verify.blobs} ${bar(total ? done / total : 1, 30)} ${sizeText(done)} / ${sizeText(total)} ${leftText(remainingMs, texts)}`,
      ]);
    },
  });
  let step = await walk.next();
  for (; !step.done; step = await walk.next()) {
    const fault = step.value;
    found.push(fault);
    if (!json) live.above(() => sayFault(context, fault));
  }
  live.clear();
  const summary = step.value;
  if (found.length > 0) context.exitWith(exitCodes.notAllGood);
  if (json) return context.sayJson({ ok: found.length === 0, ...summary, faults: found });
  const { blobs, sizeBytes, snapshots, unreferenced, unreferencedBytes } = summary;
  if (found.length === 0) context.say(texts.verify.good(blobs, sizeText(sizeBytes), snapshots));
  else context.note(texts.verify.bad(found.length));
  if (unreferenced > 0) context.note(texts.verify.unreferenced(unreferenced, sizeText(unreferencedBytes)));
}

function sayFault({ say, texts }: Context, fault: Found): void {
  const t = texts.verify;
  const what = fault.digest ?? fault.path ?? '';
  const sentences: Readonly<Record<Found['fault'], string>> = {
    corrupt: t.corrupt(what, fault.detail),
    unreadable: t.unreadable(what, fault.detail),
    missing: t.missing(what),
    wrongSize: t.wrongSize(what, fault.detail),
    badManifest: t.badManifest(what, fault.detail),
    misnamed: t.stray(what, fault.detail),
    'stray file': t.stray(what, fault.detail),
  };
  say(plainLine(sentences[fault.fault]));
  if (fault.path !== undefined && fault.path !== what) say(`  ${plainLine(fault.path)}`);
  for (const { snapshot, link, url, images } of fault.neededBy) {
    say(`  ${t.neededBy(snapshot)} ${plainLine(url)}`);
    for (const image of images.slice(0, mostImages)) say(`    ${plainLine(t.image(image))}`);
    if (images.length > mostImages) say(`    ${t.more(images.length - mostImages)}`);
    say(`  ${t.again(link)}`);
  }
}
