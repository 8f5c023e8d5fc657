import { type Descriptor, type Digest, isDigest, systemClock } from '../../kernel/index.ts';
import { readManifest } from '../read-manifest.ts';
import type { ImageSource, ImageTarget } from '../types.ts';
import { addAttachments } from './attachments.ts';
import { createLimit } from './limit.ts';
import { createMeter } from './meter.ts';
import { createPlan } from './plan.ts';
import { guardedSource, guardedTarget } from './sides.ts';
import type { CopiedRoot, CopyOptions, CopyResult } from './types.ts';
import { createPartWriter } from './write-parts.ts';

const defaultConcurrency = 6;

/**
 * Copies images with all that they are made of: each part once, none that the target has, blobs before the manifest that
 * names them, manifests before their index. What was written when it fails stays, and is found by the next copy.
 * Throws `images.sourceFailed` or `images.targetFailed` with the side's name, an error that names the image where that is what
 * is wrong (`images.notFound`, `images.noPlatform`, `images.partGone`, `images.wrongBytes`, unsupported or malformed manifests),
 * or the signal's reason.
 */
export async function copyImages(options: CopyOptions): Promise<CopyResult> {
  const { platforms, withReferrers = false, onProgress = () => {}, clock = systemClock } = options;
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const source = guardedSource(options.source, signal);
  const target = guardedTarget(options.target, signal);
  const limit = createLimit(options.concurrency ?? defaultConcurrency);
  /** All of them, however they end; the first failure stops the others and is thrown. */
  const all = async <T>(works: readonly Promise<T>[]): Promise<T[]> => {
    for (const work of works) work.catch((error: unknown) => stop.abort(error));
    const ended = await Promise.allSettled(works);
    signal.throwIfAborted();
    return ended.map((each) => (each as PromiseFulfilledResult<T>).value);
  };

  let listed = 0;
  const onManifest = () => onProgress({ stage: 'listing', done: ++listed, unit: 'items' });
  const plan = createPlan({ source, target, platforms, limit, onManifest });
  const roots = await all(
    options.roots.map(async (root): Promise<CopiedRoot> => {
      const descriptor = await limit(() => resolveRoot(source, target, root.reference));
      await plan.add(descriptor);
      return { ...root, descriptor };
    }),
  );
  const attachments = withReferrers ? (await all([addAttachments(source, plan, limit)]))[0]! : [];

  const parts = [...plan.parts.values()];
  const sizeBytes = parts.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
  const meter = createMeter(sizeBytes, onProgress, clock);
  const writer = createPartWriter({ source, target, plan, limit, meter, signal });
  const tagged = [...roots, ...attachments].filter(({ tag }) => tag !== undefined);
  await all(parts.map(({ descriptor }) => writer.write(descriptor.digest)));
  await all(tagged.map(({ descriptor, tag }) => writer.tag(descriptor, tag!)));
  meter.finish();
  return {
    roots,
    attachments,
    leftOut: parts.flatMap((part) => part.leftOut),
    refusedIndexes: writer.refusedIndexes,
    sizeBytes,
    copiedBytes: meter.copiedBytes,
  };
}

/** What a reference stands for; a digest that the target holds is not asked for. */
async function resolveRoot(source: ImageSource, target: ImageTarget, reference: string): Promise<Descriptor> {
  const held = isDigest(reference) ? await target.heldManifest?.(reference) : undefined;
  if (!held) return source.resolve(reference);
  const { mediaType } = readManifest(held, undefined, `${source.name}@${reference}`);
  return { mediaType, digest: reference as Digest, size: held.length };
}
