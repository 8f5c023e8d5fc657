import { sayBadChunk, signatureText } from '../bundle-lines.ts';
import type { Context, GlobalFlags } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { sizeText } from '../output/formats.ts';
import { plainLine } from '../output/width.ts';
import { createCarryBar } from '../wait/carry-bar.ts';
import { saveReport } from './import.ts';

/** The options of `holdfast verify` that are for a bundle. */
export interface VerifyBundleFlags extends GlobalFlags {
  readonly trust?: string;
  readonly repair?: readonly string[];
  readonly report?: string;
}

/** `holdfast verify <folder>`: hashes a bundle where it lies. */
export async function verifyBundleIn(
  context: Context,
  folder: string,
  flags: VerifyBundleFlags,
): Promise<void> {
  const { texts, io, say, note } = context;
  const { readPublicKey, verifyBundle } = await import('../../bundle/index.ts');
  const trust = flags.trust === undefined ? undefined : await readPublicKey(flags.trust);
  const bar = createCarryBar(context, texts.carry.checking);
  try {
    const found = await verifyBundle(folder, {
      ...(trust && { trust }),
      repairs: flags.repair ?? [],
      onBad: (bad) => !flags.json && bar.above(() => sayBadChunk(context, bad)),
      onProgress: bar.onProgress,
      signal: io.interrupted,
    });
    bar.clear();
    if (flags.report !== undefined) await saveReport(flags.report, found.report);
    if (!found.ok) context.exitWith(exitCodes.notAllGood);
    const { report: _report, ...json } = found;
    if (flags.json) return context.sayJson(json);
    const t = texts.carry;
    for (const { part, extraBytes } of found.overlong) say(t.overlong(part, extraBytes));
    for (const digest of found.hits.blobs) say(t.hitBlob(digest));
    for (const { url, digest } of found.hits.snapshots) say(plainLine(t.hitSnapshot(digest, url)));
    note(signatureText(context, found.signature));
    const { parts, tarBytes, blobs, snapshots, bad } = found;
    if (found.ok) say(t.good(parts, sizeText(tarBytes), blobs, snapshots));
    if (bad.length > 0)
      note(flags.report === undefined ? t.askReport : t.sendReport(plainLine(flags.report)));
  } finally {
    bar.clear();
  }
}
