import { createHash } from 'node:crypto';
import { type Descriptor, type Digest, isDigest, splitDigest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { maxManifestBytes } from '../manifest.ts';
import { manifestKindOf, manifestMediaTypes } from '../media-types.ts';
import { readManifest } from '../read-manifest.ts';
import { mediaTypeOf, readBody } from './answers.ts';
import { ask } from './ask.ts';
import { type Endpoint, nameOf } from './context.ts';

/** A manifest with its bytes. */
export interface Fetched {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
}

const accept = { accept: manifestMediaTypes.join(', ') };

/**
 * What an image tag or digest stands for, without its bytes (distribution-spec "Checking if content exists"); undefined where
 * it is not there. What the registry says of type, size and digest is a claim, that the bytes are held to once they come;
 * where it does not say all, or says a type that is not kept, the bytes are read.
 */
export async function headManifest(endpoint: Endpoint, reference: string): Promise<Descriptor | undefined> {
  const url = endpoint.url(`manifests/${reference}`);
  const answer = await ask(endpoint, { method: 'HEAD', url, headers: accept }, [404, 405]);
  answer.discard();
  if (answer.status === 404) return undefined;
  const mediaType = mediaTypeOf(answer);
  const digest = answer.headers['docker-content-digest'];
  const size = Number(answer.headers['content-length'] ?? Number.NaN);
  const isWhole = isDigest(digest) && Number.isSafeInteger(size) && size <= maxManifestBytes;
  if (answer.status === 405 || !isWhole || mediaType === undefined || !manifestKindOf(mediaType))
    return (await getManifest(endpoint, reference))?.descriptor;
  return { mediaType, digest, size };
}

/**
 * A manifest by image tag or digest, hashed; undefined where it is not there. Throws `images.wrongBytes` where it is not
 * what was asked for, `images.unsupportedManifest` and `images.malformedManifest`.
 */
export async function getManifest(endpoint: Endpoint, reference: string): Promise<Fetched | undefined> {
  const url = endpoint.url(`manifests/${reference}`);
  const answer = await ask(endpoint, { method: 'GET', url, headers: accept }, [404]);
  if (answer.status === 404) {
    answer.discard();
    return undefined;
  }
  const bytes = await readBody(answer, maxManifestBytes, endpoint.host);
  const claimed = isDigest(reference) ? reference : answer.headers['docker-content-digest'];
  const digest = digestLike(isDigest(claimed) ? claimed : undefined, bytes);
  if (isDigest(claimed) && digest !== claimed)
    throw imagesErrors.wrongBytes({
      place: nameOf(endpoint),
      digest: claimed,
      detail: `the manifest that came has the digest ${digest}`,
    });
  const image = `${nameOf(endpoint)}${isDigest(reference) ? '@' : ':'}${reference}`;
  const stated = mediaTypeOf(answer);
  // A registry may serve manifests as plain JSON; then the bytes tell.
  const isVague =
    stated === undefined || /^(?:application\/json|text\/plain|application\/octet-stream)$/.test(stated);
  const { mediaType } = readManifest(bytes, isVague ? undefined : stated, image);
  return { descriptor: { mediaType, digest, size: bytes.length }, bytes };
}

/** The digest of bytes, by the algorithm of another one. */
function digestLike(like: Digest | undefined, bytes: Uint8Array): Digest {
  const { algorithm } = splitDigest(like ?? 'sha256:');
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}
