import { createHash } from 'node:crypto';
import { maxManifestBytes, readManifest } from '../../images/index.ts';
import { type Digest, hasCode, isDigest, splitDigest } from '../../kernel/index.ts';
import { registryErrors } from '../errors.ts';
import { isImageTag, parseTag } from '../names.ts';
import { newManifestOf } from '../new-manifest.ts';
import { digestParameter, sendEmpty } from './answers.ts';
import { smallBody } from './body.ts';
import type { ReferenceCall } from './call.ts';

/** GET and HEAD of a manifest by image tag or digest (distribution-spec "Pulling manifests"): the bytes that were pushed. */
export async function getManifest(call: ReferenceCall): Promise<void> {
  const { request, response, repository, reference, catalog, store } = call;
  if (reference.includes(':')) digestParameter(reference);
  const unknown = () => registryErrors.noManifest({ reference: reference.slice(0, 200), repository });
  const known = isDigest(reference) || isImageTag(reference);
  const manifest = known ? await catalog.findManifest(repository, reference) : undefined;
  if (!manifest) throw unknown();
  const { digest, mediaType, sizeBytes } = manifest;
  const headers = { 'content-type': mediaType, 'docker-content-digest': digest, etag: `"${digest}"` };
  if (request.headers['if-none-match'] === headers.etag) return sendEmpty(response, 304, headers);
  const isHead = request.method === 'HEAD';
  if (isHead && !(await store.stat(digest))) throw unknown();
  const bytes = isHead
    ? undefined
    : await store.bytes(digest, maxManifestBytes).catch((error) => {
        throw hasCode(error, 'store.notFound') ? unknown() : error;
      });
  response.writeHead(200, { ...headers, 'content-length': sizeBytes });
  response.end(bytes);
}

/** PUT of a manifest (distribution-spec "Pushing Manifests"): kept byte for byte once all its parts are there. */
export async function putManifest(call: ReferenceCall): Promise<void> {
  const { request, response, repository, reference, catalog, store, limits } = call;
  const wanted = reference.includes(':') ? digestParameter(reference) : undefined;
  const tag = wanted === undefined ? parseTag(reference) : undefined;
  const bytes = await smallBody(request, response, {
    maxBytes: limits.manifestBytes,
    wholeMs: limits.manifestMs,
    stallMs: limits.stallMs,
  });
  const digest = digestAs(wanted, bytes);
  if (wanted !== undefined && wanted !== digest) throw registryErrors.wrongDigest({ digest: wanted });
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim();
  const manifest = newManifestOf(readManifest(bytes, mediaType, repository), digest, bytes.length);
  for (const part of [...manifest.blobs, ...manifest.children])
    if (!(await store.touch(part.digest)))
      throw registryErrors.missingPart({ digest: part.digest, repository });
  await store.put(bytes, { digest });
  await catalog.putManifest(repository, manifest, tag);
  sendEmpty(response, 201, {
    location: `/v2/${repository}/manifests/${digest}`,
    'docker-content-digest': digest,
    ...(manifest.subject !== undefined && { 'oci-subject': manifest.subject }),
  });
}

/** DELETE of an image tag or of a manifest with all its image tags (distribution-spec "Content Management"). */
export async function deleteManifest(call: ReferenceCall): Promise<void> {
  const { response, repository, reference, catalog } = call;
  if (reference.includes(':')) digestParameter(reference);
  const isGone = isDigest(reference)
    ? await catalog.deleteManifest(repository, reference)
    : isImageTag(reference) && (await catalog.deleteTag(repository, reference));
  if (!isGone) throw registryErrors.noManifest({ reference: reference.slice(0, 200), repository });
  sendEmpty(response, 202);
}

/** The digest of bytes by the algorithm of the one that is expected, else sha256. */
function digestAs(wanted: Digest | undefined, bytes: Uint8Array): Digest {
  const { algorithm } = wanted ? splitDigest(wanted) : { algorithm: 'sha256' as const };
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}
