import type { Descriptor, Digest } from '../../../kernel/index.ts';
import { collect } from '../../../store/index.ts';
import { captureErrors } from '../../errors.ts';
import { type Unfit, withoutHints } from '../inert-html.ts';

/** The largest document that is assembled; each is looked through as a whole. */
const maxDocumentBytes = 64 * 1024 * 1024;

/**
 * A stored document of HTML as it may stand in a file that is opened without us: a snapshot may have come from a stranger, in a
 * bundle, and the policy at its top stops neither a refresh nor a connection made ahead. Its length stays. Throws
 * `capture.badSnapshot` where that cannot be promised.
 */
export async function* inertDocument(
  snapshot: Digest,
  { digest, size }: Descriptor,
  stored: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const bad = (fault: string) => captureErrors.badSnapshot({ snapshot, fault });
  if (size > maxDocumentBytes) throw bad(`document "${digest}" is larger than ${maxDocumentBytes} bytes`);
  const inert: Uint8Array | Unfit = withoutHints(await collect(stored, maxDocumentBytes, digest));
  if (inert === 'unfit') throw bad(`document "${digest}" is written so that it could reach the network`);
  yield inert;
}
