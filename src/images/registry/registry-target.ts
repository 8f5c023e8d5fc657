import { type Descriptor, type Digest, hasCode } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { manifestKindOf } from '../media-types.ts';
import { readManifest } from '../read-manifest.ts';
import type { ImageTarget } from '../types.ts';
import { codesOf } from './answers.ts';
import { ask } from './ask.ts';
import { type Endpoint, nameOf } from './context.ts';
import { createFallbackTags } from './fallback-tags.ts';
import { headManifest } from './fetch-manifest.ts';
import { reopening } from './reopening.ts';
import { beginUpload, mountBlob, type Session, sendBlob } from './upload.ts';

const missingParts = new Set([
  'MANIFEST_BLOB_UNKNOWN',
  'MANIFEST_UNKNOWN',
  'BLOB_UNKNOWN',
  'MANIFEST_UNVERIFIED',
]);

/** A repository of a registry, written over distribution-spec 1.1. */
export function createRegistryTarget(endpoint: Endpoint): ImageTarget {
  const { host, repository, retry } = endpoint;
  const name = nameOf(endpoint);
  /** Uploads that a registry began because it could not mount. */
  const begun = new Map<Digest, Session>();
  const fallback = createFallbackTags(endpoint, putManifest);

  async function putManifest({ digest, mediaType }: Descriptor, bytes: Uint8Array, tag?: string) {
    const url = endpoint.url(`manifests/${tag ?? digest}`);
    const headers = { 'content-type': mediaType, 'content-length': String(bytes.length) };
    try {
      const answer = await ask(endpoint, { method: 'PUT', url, headers, body: () => bytes });
      answer.discard();
      return answer;
    } catch (error) {
      const detail = codesOf(error).find((code) => missingParts.has(code));
      if (detail === undefined) throw error;
      throw imagesErrors.partsMissing({ place: name, digest, detail }, { cause: error });
    }
  }

  async function hasBlob({ digest }: Descriptor): Promise<boolean> {
    const answer = await ask(endpoint, { method: 'HEAD', url: endpoint.url(`blobs/${digest}`) }, [404]);
    answer.discard();
    return answer.status === 200;
  }

  async function tagged(tag: string): Promise<Digest | undefined> {
    try {
      return (await retry.run(() => headManifest(endpoint, tag)))?.digest;
    } catch (error) {
      // What is there already may be of any kind; it is written over.
      if (hasCode(error, 'images.unsupportedManifest') || hasCode(error, 'images.malformedManifest'))
        return undefined;
      throw error;
    }
  }

  return {
    name,

    async takes(descriptor, from) {
      if (manifestKindOf(descriptor.mediaType))
        return (await retry.run(() => headManifest(endpoint, descriptor.digest))) !== undefined;
      const other = from && repositoryAt(host, from.repository);
      if (other !== undefined && other !== repository) {
        const mounted = await retry.run(() => mountBlob(endpoint, descriptor, other));
        if (mounted === true) return true;
        if (mounted) begun.set(descriptor.digest, mounted);
      }
      return retry.run(() => hasBlob(descriptor));
    },

    async putBlob(descriptor, open) {
      const source = reopening(open);
      await retry.run(async () => {
        const session = begun.get(descriptor.digest) ?? (await beginUpload(endpoint));
        begun.delete(descriptor.digest);
        try {
          await sendBlob(endpoint, session, descriptor, source.fromStart);
        } catch (error) {
          source.rethrow();
          throw error;
        }
      });
    },

    async putManifest(descriptor, bytes, tag) {
      if (tag !== undefined && (await tagged(tag)) === descriptor.digest) return;
      const answer = await retry.run(() => putManifest(descriptor, bytes, tag));
      const { subject } = readManifest(bytes, descriptor.mediaType, `${name}@${descriptor.digest}`);
      if (subject && answer.headers['oci-subject'] === undefined)
        await fallback.add(subject.digest, descriptor, bytes);
    },

    tagged,
  };
}

/** The repository of `host/repository` where the host is this one. */
function repositoryAt(host: string, name: string): string | undefined {
  return name.startsWith(`${host}/`) ? name.slice(host.length + 1) : undefined;
}
