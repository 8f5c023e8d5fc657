import { errorText, HoldfastError } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import type { ImageSource, ImageTarget } from '../types.ts';

/** Errors that name image and place themselves; which side it was is plain from them. */
const plain = new Set(
  [
    'notFound',
    'noPlatform',
    'unsupportedManifest',
    'malformedManifest',
    'partGone',
    'partsMissing',
    'wrongBytes',
    'sourceFailed',
    'targetFailed',
  ].map((name) => `images.${name}`),
);

/** The error of one side as `images.sourceFailed` or `images.targetFailed`, of the kind that it had. */
function failureOf(side: 'source' | 'target', name: string, error: unknown): unknown {
  if (error instanceof HoldfastError && (plain.has(error.code) || error.kind === 'cancelled')) return error;
  const code = `images.${side}Failed` as const;
  const spec = imagesErrors.table[code];
  const known = error instanceof HoldfastError ? error : undefined;
  const hint = known?.hint === undefined ? '' : ` (${known.hint})`;
  const details = { name, detail: `${errorText(error)}${hint}` };
  return new HoldfastError(code, { ...spec, kind: known?.kind ?? spec.kind }, details, { cause: error });
}

async function guard<T>(
  side: 'source' | 'target',
  name: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    throw failureOf(side, name, error);
  }
}

/** The same source, whose errors say that it was the source. */
export function guardedSource(source: ImageSource, signal: AbortSignal): ImageSource {
  const run = <T>(work: () => Promise<T>) => guard('source', source.name, signal, work);
  return {
    name: source.name,
    resolve: (reference) => run(() => source.resolve(reference)),
    manifest: (descriptor) => run(() => source.manifest(descriptor)),
    tags: () => run(() => source.tags()),
    referrers: (subject) => run(() => source.referrers(subject)),
    async blob(descriptor, start) {
      const chunks = await run(() => source.blob(descriptor, start));
      return guardedChunks(chunks[Symbol.asyncIterator](), run);
    },
  };
}

async function* guardedChunks(
  chunks: AsyncIterator<Uint8Array>,
  run: <T>(work: () => Promise<T>) => Promise<T>,
): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const next = await run(() => chunks.next());
      if (next.done) return;
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

/** The same target, whose errors say that it was the target. */
export function guardedTarget(target: ImageTarget, signal: AbortSignal): ImageTarget {
  const run = <T>(work: () => Promise<T>) => guard('target', target.name, signal, work);
  return {
    name: target.name,
    takes: (descriptor, from) => run(() => target.takes(descriptor, from)),
    putBlob: (descriptor, open) => run(() => target.putBlob(descriptor, open)),
    putManifest: (descriptor, bytes, tag) => run(() => target.putManifest(descriptor, bytes, tag)),
    ...(target.heldManifest && { heldManifest: (digest) => run(() => target.heldManifest!(digest)) }),
    ...(target.tagged && { tagged: (tag) => run(() => target.tagged!(tag)) }),
  };
}
