import { type ReplayResource, withoutHints } from '../../capture/index.ts';
import { attachment, type Bytes } from '../bytes.ts';
import { httpErrors } from '../errors.ts';
import { replayMediaType } from '../media-types.ts';

/** The largest document that is shown; each is looked through as a whole before it is sent. */
const maxDocumentBytes = 64 * 1024 * 1024;

/** What the replay sends for a stored part: the bytes, and the headers that say how a browser may take them. */
export async function servedOf(
  part: ReplayResource,
  storedType: string,
): Promise<Bytes & { readonly headers: Record<string, string> }> {
  const mediaType = replayMediaType(storedType);
  if (!mediaType.startsWith('text/html')) {
    const headers: Record<string, string> = {
      'Content-Type': mediaType,
      // Fonts, masks and whatever has `crossorigin` are asked for with "Origin: null"; who has the address may read it.
      'Access-Control-Allow-Origin': '*',
      // As a picture an SVG connects to nothing; as a document it could, by a link in the namespace of HTML.
      ...(mediaType === 'image/svg+xml' ? { 'Content-Disposition': attachment('picture.svg') } : {}),
    };
    return { body: part.body, sizeBytes: part.sizeBytes, headers };
  }
  if (part.sizeBytes > maxDocumentBytes) throw httpErrors.tooLargeToShow({ limitBytes: maxDocumentBytes });
  const document = withoutHints(await gather(part));
  if (document === 'unfit') throw httpErrors.unfitToShow();
  return { body: once(document), sizeBytes: document.length, headers: { 'Content-Type': mediaType } };
}

async function gather({ body, sizeBytes }: ReplayResource): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks, sizeBytes);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
