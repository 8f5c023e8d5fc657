import { setTimeout as sleep } from 'node:timers/promises';
import { type Descriptor, type Digest, HoldfastError, hasCode } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { manifestKindOf } from '../media-types.ts';
import type { ImageSource, ImageTarget } from '../types.ts';
import type { Limit } from './limit.ts';
import type { Meter } from './meter.ts';
import type { Part, Plan } from './plan.ts';
import type { RefusedIndex } from './types.ts';

/** How often a manifest is put of which every part is in the target. */
const wholeTries = 4;

export interface WriteOptions {
  readonly source: ImageSource;
  readonly target: ImageTarget;
  readonly plan: Plan;
  readonly limit: Limit;
  readonly meter: Meter;
  readonly signal: AbortSignal;
}

/** Writes parts, each once and after all that it needs. */
export interface PartWriter {
  /** Resolves once the part and all that it needs are in the target. */
  write(digest: Digest): Promise<void>;
  /** Gives a manifest an image tag, once it is in the target. */
  tag(descriptor: Descriptor, tag: string): Promise<void>;
  readonly refusedIndexes: readonly RefusedIndex[];
}

export function createPartWriter(options: WriteOptions): PartWriter {
  const { source, target, plan, limit, meter, signal } = options;
  const written = new Map<Digest, Promise<void>>();
  const refused = new Map<Digest, RefusedIndex>();
  const hint = { repository: source.name };

  async function writeBlob(descriptor: Descriptor): Promise<void> {
    const { digest, size } = descriptor;
    if (await target.takes(descriptor, hint)) return meter.skip(size);
    try {
      await target.putBlob(descriptor, async (start) => {
        const chunks = await source.blob(descriptor, start);
        return metered(chunks, (doneBytes) => meter.reach(digest, start + doneBytes));
      });
    } catch (error) {
      const cause = causeWith(error, 'store.mismatch');
      if (!cause) throw error;
      throw imagesErrors.wrongBytes({ place: source.name, digest, detail: cause.message }, { cause });
    }
    meter.reach(digest, size);
  }

  /** Some registries miss a part for a moment while somebody puts it again; we know that all are there. */
  async function putWhole(descriptor: Descriptor, bytes: Uint8Array, name?: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await target.putManifest(descriptor, bytes, name);
      } catch (error) {
        if (attempt === wholeTries || causeWith(error, 'images.partsMissing') === undefined) throw error;
        await sleep(attempt * 100, undefined, { signal });
      }
    }
  }

  async function writeManifest({ descriptor, isThere, ...part }: Part): Promise<void> {
    const isWhole = part.leftOut.length === 0 && !part.chosen.some(({ digest }) => refused.has(digest));
    if (isThere || (!target.heldManifest && (await target.takes(descriptor))))
      return meter.skip(descriptor.size);
    const bytes = await plan.bytes(descriptor);
    meter.reach(descriptor.digest, 0);
    try {
      if (isWhole) await putWhole(descriptor, bytes);
      else await target.putManifest(descriptor, bytes);
    } catch (error) {
      if (isWhole || !hasCode(error, 'images.partsMissing')) throw error;
      refused.set(descriptor.digest, { descriptor, chosen: part.chosen });
    }
    meter.reach(descriptor.digest, descriptor.size);
  }

  async function writePart(part: Part): Promise<void> {
    await Promise.all(part.needs.map(write));
    const isManifest = manifestKindOf(part.descriptor.mediaType) !== undefined;
    await limit(async () => {
      signal.throwIfAborted();
      await (isManifest ? writeManifest(part) : writeBlob(part.descriptor));
    });
  }

  function write(digest: Digest): Promise<void> {
    const known = written.get(digest);
    if (known) return known;
    const writing = writePart(plan.parts.get(digest)!);
    written.set(digest, writing);
    return writing;
  }

  async function tag(descriptor: Descriptor, name: string): Promise<void> {
    const index = refused.get(descriptor.digest);
    if (index) refused.set(descriptor.digest, { ...index, tag: name });
    const [only, ...others] = index ? index.chosen : [descriptor];
    // The only manifest that was chosen can stand for its index, as it does for a client of its platform.
    if (!only || others.length > 0 || refused.has(only.digest)) return;
    await limit(async () => {
      signal.throwIfAborted();
      if ((await target.tagged?.(name)) === only.digest) return;
      await putWhole(only, await plan.bytes(only), name);
    });
  }

  return {
    write,
    tag,
    get refusedIndexes() {
      return [...refused.values()];
    },
  };
}

/** The error itself or, where a side's name was put around it, its cause, if it has the code. */
function causeWith(error: unknown, code: string): HoldfastError | undefined {
  if (hasCode(error, code)) return error;
  return error instanceof HoldfastError && hasCode(error.cause, code) ? error.cause : undefined;
}

async function* metered(
  chunks: AsyncIterable<Uint8Array>,
  reach: (doneBytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  reach(0);
  for await (const chunk of chunks) {
    done += chunk.length;
    reach(done);
    yield chunk;
  }
}
