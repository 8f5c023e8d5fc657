import { hasCode, sendPieces } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import { digestParameter, sendEmpty } from './answers.ts';
import type { ReferenceCall } from './call.ts';
import { rangeOf } from './range.ts';

/** GET and HEAD of a blob (distribution-spec "Pulling blobs"), with one range (RFC 9110 14). */
export async function getBlob(call: ReferenceCall): Promise<void> {
  const { request, response, repository, catalog, store, buffers, limits } = call;
  const digest = digestParameter(call.reference);
  const unknown = () => registryErrors.noBlob({ digest, repository });
  if (!(await catalog.findBlob(repository, digest))) throw unknown();
  const blob = await store.open(digest).catch((error) => {
    throw hasCode(error, 'store.notFound') ? unknown() : error;
  });
  try {
    const { sizeBytes } = blob;
    const etag = `"${digest}"`;
    const headers = {
      'content-type': 'application/octet-stream',
      'docker-content-digest': digest,
      'accept-ranges': 'bytes',
      'cache-control': 'max-age=31536000',
      etag,
    };
    if (request.headers['if-none-match'] === etag) return sendEmpty(response, 304, headers);
    const range = rangeOf(request.headers, etag, sizeBytes);
    if (range === 'unsatisfiable') {
      response.setHeader('content-range', `bytes */${sizeBytes}`);
      throw registryErrors.badRange({ sizeBytes });
    }
    const { start, end } = range ?? { start: 0, end: sizeBytes };
    response.writeHead(range ? 206 : 200, {
      ...headers,
      'content-length': end - start,
      ...(range && { 'content-range': `bytes ${start}-${end - 1}/${sizeBytes}` }),
    });
    if (request.method !== 'HEAD')
      await sendPieces((into, at) => blob.read(into, at), start, end, {
        request,
        response,
        buffers,
        receiveMs: limits.receiveMs,
        gone: registryErrors.gone,
      });
    response.end();
  } finally {
    await blob.close();
  }
}

/** DELETE of a blob (distribution-spec "Deleting Blobs"). */
export async function deleteBlob({ response, repository, reference, catalog }: ReferenceCall): Promise<void> {
  const digest = digestParameter(reference);
  if (!(await catalog.deleteBlob(repository, digest))) throw registryErrors.noBlob({ digest, repository });
  sendEmpty(response, 202);
}
