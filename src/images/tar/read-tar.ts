import { imagesErrors } from '../errors.ts';
import { StreamFeed } from './feed.ts';
import { tarMembers } from './members.ts';
import type { TarMember, TarReadOptions } from './types.ts';

/** An entry whose body is at hand. */
export interface TarEntry extends TarMember {
  /** The body, to be read before the next entry is asked for; pieces are valid until the next one. */
  readonly body: AsyncIterable<Uint8Array>;
}

const pieceBytes = 1024 * 1024;

/**
 * The entries of a tar that streams in, one after the other; a body that is not read is passed over. Memory is bounded by the
 * source's pieces. After the last entry the source is read to its end, so that a hash over it is complete; what stands there
 * is passed over. Links, devices and names given twice are told as they are: whoever unpacks them decides.
 * Throws `images.malformedTar`, `.truncatedTar`, `.unsafeTarEntry`, `.compressedTar`, and what the source throws.
 */
export async function* readTar(
  source: AsyncIterable<Uint8Array>,
  options: TarReadOptions,
): AsyncGenerator<TarEntry> {
  const feed = new StreamFeed(source);
  try {
    for await (const member of tarMembers(feed, options))
      yield { ...member, body: bodyOf(feed, member, options.archive) };
    await feed.skipTo(Number.POSITIVE_INFINITY);
  } finally {
    await feed.close();
  }
}

async function* bodyOf(feed: StreamFeed, member: TarMember, archive: string): AsyncGenerator<Uint8Array> {
  const end = member.offset + member.sizeBytes;
  while (feed.position < end) {
    const piece = await feed.some(Math.min(pieceBytes, end - feed.position));
    if (piece.length === 0)
      throw imagesErrors.truncatedTar({
        archive,
        offset: feed.position,
        missing: `the end of entry "${member.path.slice(0, 200)}"`,
      });
    yield piece;
  }
}
