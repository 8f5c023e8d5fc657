import type { ImagePlace } from '../../images/index.ts';
import { localizeEvidence } from '../../texts/index.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { sizeText } from '../output/formats.ts';
import { linkJson } from '../output/json.ts';
import { padTo, plainLine } from '../output/width.ts';
import type { TookIn, Workspace } from '../program.ts';
import { createCarryBar } from '../wait/carry-bar.ts';

export interface TakeInFlags extends GlobalFlags {
  readonly tag?: readonly string[];
  readonly as?: string;
}

/** As many images without a name are named. */
const mostNamed = 5;

/** Takes in a folder or an archive of images as snapshots; what is not good makes the exit code 1. */
export async function takeIn(
  context: Context,
  { transfer }: Workspace,
  place: Exclude<ImagePlace, { kind: 'registry' }>,
  { tag = [], as, json }: TakeInFlags,
): Promise<void> {
  const { texts, io, language } = context;
  const bar = createCarryBar(context, texts.import.bar);
  try {
    const done = await transfer.takeIn({
      place,
      tags: tag,
      ...(as !== undefined && { as }),
      signal: io.interrupted,
      onProgress: bar.onProgress,
    });
    bar.clear();
    const isGood =
      done.unnamed.length === 0 && done.taken.every(({ snapshot }) => snapshot.verdict === 'good');
    if (!isGood) context.exitWith(exitCodes.notAllGood);
    if (!json) return tell(context, done);
    const links = done.taken.map(({ link, snapshot }) => linkJson(link, language, snapshot));
    context.sayJson({ place: done.place, copiedBytes: done.copiedBytes, links, unnamed: done.unnamed });
  } finally {
    bar.clear();
    if (io.interrupted.aborted) context.note(texts.carry.goOn);
  }
}

function tell({ say, note, texts, language }: Context, { place, taken, unnamed, copiedBytes }: TookIn): void {
  const t = texts.import;
  for (const { link, snapshot, isKnown } of taken) {
    const word = padTo(isKnown ? texts.add.existed : texts.verdicts[snapshot.verdict], 10);
    say(`${word} ${snapshot.id} ${plainLine(link.url)}`);
    for (const each of snapshot.evidence) say(`           ${plainLine(localizeEvidence(each, language))}`);
  }
  say(t.tookIn(plainLine(place), taken.length, sizeText(copiedBytes)));
  if (unnamed.length === 0) return;
  for (const digest of unnamed.slice(0, mostNamed)) say(`  ${digest}`);
  if (unnamed.length > mostNamed) say(`  ${t.more(unnamed.length - mostNamed)}`);
  note(t.unnamed(unnamed.length));
}
