import { type Descriptor, type Digest, splitDigest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { bareDescriptor } from '../is-descriptor.ts';
import { maxManifestBytes } from '../manifest.ts';
import { indexMediaType } from '../media-types.ts';
import { readManifest } from '../read-manifest.ts';
import { mediaTypeOf, readBody } from './answers.ts';
import { ask } from './ask.ts';
import { type Endpoint, nameOf } from './context.ts';
import { getManifest } from './fetch-manifest.ts';
import type { KnownPlaces } from './known-places.ts';
import { nextLink } from './next-link.ts';

const maxPages = 100;
const maxReferrers = 50_000;

/** The image tag under which clients keep referrers for a registry without the API (distribution-spec "Referrers Tag Schema"). */
export function fallbackTag(subject: Digest): string {
  const { algorithm, hex } = splitDigest(subject);
  return `${algorithm}-${hex.slice(0, 64)}`;
}

/**
 * The artifacts whose `subject` is a manifest: by the API, or by the fallback tag where the registry does not have it. `tags`,
 * where they are known, tell that there is no such tag without a request.
 */
export async function referrersOf(
  endpoint: Endpoint,
  subject: Digest,
  {
    knownPlaces,
    tags,
  }: { readonly knownPlaces: KnownPlaces; readonly tags: ReadonlySet<string> | undefined },
): Promise<readonly Descriptor[]> {
  let found: readonly Descriptor[] | undefined;
  await knownPlaces.hasReferrers(nameOf(endpoint), async () => {
    found = await referrersByApi(endpoint, subject);
    return found !== undefined;
  });
  if (found) return found;
  return tags && !tags.has(fallbackTag(subject)) ? [] : referrersByTag(endpoint, subject);
}

/** The entries of the API (distribution-spec "Listing Referrers"); undefined where the registry does not have it. */
async function referrersByApi(
  endpoint: Endpoint,
  subject: Digest,
): Promise<readonly Descriptor[] | undefined> {
  const found: Descriptor[] = [];
  let url: URL | undefined = endpoint.url(`referrers/${subject}`);
  for (let pages = 0; url; pages++) {
    const here: URL = url;
    if (pages >= maxPages || found.length > maxReferrers)
      throw imagesErrors.badAnswer({ host: endpoint.host, detail: `its referrers of ${subject} do not end` });
    const page = await endpoint.retry.run(() => readPage(endpoint, subject, here));
    if (!page) return undefined;
    found.push(...page.entries);
    url = page.next;
  }
  return found;
}

/** The entries under the fallback tag. */
async function referrersByTag(endpoint: Endpoint, subject: Digest): Promise<readonly Descriptor[]> {
  const tag = fallbackTag(subject);
  const fetched = await endpoint.retry.run(() => getManifest(endpoint, tag));
  if (!fetched) return [];
  const { bytes, descriptor } = fetched;
  return readManifest(bytes, descriptor.mediaType, `${nameOf(endpoint)}:${tag}`).manifests;
}

async function readPage(endpoint: Endpoint, subject: Digest, url: URL) {
  const headers = { accept: indexMediaType };
  const answer = await ask(endpoint, { method: 'GET', url, headers }, [400, 404, 405, 501]);
  if (answer.status !== 200 || mediaTypeOf(answer) !== indexMediaType) {
    answer.discard();
    return undefined;
  }
  const bytes = await readBody(answer, maxManifestBytes, endpoint.host);
  const { manifests } = readManifest(bytes, indexMediaType, `${nameOf(endpoint)} referrers of ${subject}`);
  return { entries: manifests.map(bareDescriptor), next: nextLink(endpoint, answer.headers.link, url) };
}
