import { storeErrors } from './errors.ts';

/** All bytes of a stream in one piece; throws `store.tooLarge` (naming `what`) beyond `maxBytes`. */
export async function collect(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  what = 'stream',
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const part of source) {
    sizeBytes += part.length;
    if (sizeBytes > maxBytes) throw storeErrors.tooLarge({ what, limitBytes: maxBytes });
    parts.push(new Uint8Array(part));
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts, sizeBytes);
}
