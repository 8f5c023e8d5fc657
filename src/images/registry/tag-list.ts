import { imagesErrors } from '../errors.ts';
import { isImageTag } from '../reference.ts';
import { readBody } from './answers.ts';
import { ask } from './ask.ts';
import { type Endpoint, nameOf } from './context.ts';
import { nextLink } from './next-link.ts';

const pageTags = 1000;
const maxPageBytes = 4 * 1024 * 1024;
const maxTags = 200_000;
const maxPages = 5_000;

/** All image tags of a repository, sorted (distribution-spec "Listing Tags"); throws `images.notFound`, or `images.badAnswer` for a list without end. */
export async function listTags(endpoint: Endpoint): Promise<readonly string[]> {
  const { host, retry } = endpoint;
  const tags = new Set<string>();
  let url: URL | undefined = endpoint.url(`tags/list?n=${pageTags}`);
  for (let pages = 0; url; pages++) {
    const here: URL = url;
    const page = await retry.run(() => readPage(endpoint, here));
    const before = tags.size;
    for (const tag of page.tags) tags.add(tag);
    const isEndless = pages >= maxPages || tags.size > maxTags || (page.next && tags.size === before);
    if (isEndless)
      throw imagesErrors.badAnswer({
        host,
        detail: `its list of image tags of "${nameOf(endpoint)}" does not end`,
      });
    url = page.next;
  }
  return [...tags].sort();
}

async function readPage(endpoint: Endpoint, url: URL): Promise<{ tags: string[]; next: URL | undefined }> {
  const answer = await ask(endpoint, { method: 'GET', url }, [404]);
  if (answer.status === 404) {
    answer.discard();
    throw imagesErrors.notFound({ image: endpoint.repository, place: endpoint.host });
  }
  const bytes = await readBody(answer, maxPageBytes, endpoint.host);
  return { tags: tagsIn(bytes, endpoint.host), next: nextLink(endpoint, answer.headers.link, url) };
}

function tagsIn(bytes: Uint8Array, host: string): string[] {
  try {
    const tags: unknown = JSON.parse(new TextDecoder().decode(bytes))?.tags ?? [];
    if (Array.isArray(tags)) return tags.filter((tag) => typeof tag === 'string' && isImageTag(tag));
  } catch {}
  throw imagesErrors.badAnswer({ host, detail: 'its list of image tags is not one' });
}
