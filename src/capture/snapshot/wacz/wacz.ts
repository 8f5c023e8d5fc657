import { createHash } from 'node:crypto';
import type { Descriptor, Digest } from '../../../kernel/index.ts';
import type { BlobStore } from '../../../store/index.ts';
import { captureErrors } from '../../errors.ts';
import type { SnapshotConfig, TimedExchange } from '../format.ts';
import { type CdxEntry, cdxj } from './cdxj.ts';
import { warc, wasAnswered } from './warc.ts';
import { recordId } from './warc-record.ts';
import { type ZipEntry, zip } from './zip.ts';

/** What a WACZ is made from. */
export interface WaczSources {
  readonly store: BlobStore;
  readonly snapshot: Digest;
  readonly config: SnapshotConfig;
  readonly exchanges: readonly TimedExchange[];
  /** The snapshot's parts by role. */
  readonly parts: ReadonlyMap<string, Descriptor>;
  /** Every blob of the snapshot: an exchange that names another one is refused. */
  readonly blobs: ReadonlyMap<Digest, Descriptor>;
}

const archiveName = 'archive/data.warc.gz';
/** Above it the WARC may pass 4 GiB once headers are added. */
const largeBytes = 3 * 1024 * 1024 * 1024;
/** How much of a page's text goes into the list of pages. */
const maxTextBytes = 4 * 1024 * 1024;

/**
 * The snapshot as WACZ 1.1.1, made as it is read; the same snapshot gives the same bytes. Throws
 * `capture.badSnapshot` before the first byte where an exchange's body is not the snapshot's.
 */
export async function wacz(from: WaczSources): Promise<AsyncIterable<Uint8Array>> {
  const bodyBytes = await checkBodies(from);
  const pageUrl = pageUrlOf(from);
  const { config } = from;

  async function* entries(): AsyncGenerator<ZipEntry> {
    const resources: { name: string; path: string; hash: string; bytes: number }[] = [];
    const list = (path: string, hash: string, bytes: number) => {
      resources.push({ name: path.slice(path.lastIndexOf('/') + 1), path, hash, bytes });
    };
    const listed = (name: string, content: Uint8Array): ZipEntry => {
      list(name, hashOf(content), content.length);
      return { name, content };
    };
    const index: CdxEntry[] = [];
    yield {
      name: archiveName,
      content: watched(warc({ ...from, pageUrl }, index), (hash, bytes) => list(archiveName, hash, bytes)),
      mayBeLarge: bodyBytes > largeBytes,
    };
    yield listed('indexes/index.cdx', cdxj(index, 'data.warc.gz'));
    yield listed('pages/pages.jsonl', await pages(from, pageUrl));
    const datapackage = json({
      profile: 'data-package',
      wacz_version: '1.1.1',
      title: config.title,
      description: config.description,
      created: config.takenAt,
      modified: config.takenAt,
      software: config.software,
      mainPageUrl: pageUrl,
      mainPageDate: config.takenAt,
      resources,
    });
    yield { name: 'datapackage.json', content: datapackage };
    const digest = json({ path: 'datapackage.json', hash: hashOf(datapackage) });
    yield { name: 'datapackage-digest.json', content: digest };
  }

  return zip(entries(), new Date(config.takenAt));
}

/** The body's bytes of all exchanges together, each checked to be held by this snapshot and by the store. */
async function checkBodies({ store, snapshot, exchanges, blobs }: WaczSources): Promise<number> {
  let total = 0;
  const checked = new Set<Digest>();
  for (const { body, url } of exchanges) {
    if (body === null) continue;
    total += body.size;
    if (checked.has(body.digest)) continue;
    checked.add(body.digest);
    const held = blobs.get(body.digest)?.size === body.size ? await store.stat(body.digest) : undefined;
    if (held?.sizeBytes !== body.size)
      throw captureErrors.badSnapshot({ snapshot, fault: `it does not hold the answer of "${url}"` });
  }
  return total;
}

/** The address that was asked for where the archive can answer it, else the one that the page ended at. */
function pageUrlOf({ config, exchanges }: WaczSources): string {
  const plain = (url: string) => url.split('#', 1)[0];
  const asked = exchanges.some((one) => wasAnswered(one) && plain(one.url) === plain(config.url));
  return asked ? config.url : config.finalUrl;
}

async function pages(from: WaczSources, pageUrl: string): Promise<Uint8Array> {
  const { config, parts, exchanges, snapshot } = from;
  const text = parts.get('page-text') ?? parts.get('text');
  const icon = parts.get('icon');
  const iconUrl = icon && exchanges.find(({ body }) => body?.digest === icon.digest)?.url;
  const header = { format: 'json-pages-1.0', id: 'pages', title: 'All Pages', hasText: text !== undefined };
  const page = {
    id: recordId(snapshot, 'page').slice('<urn:uuid:'.length, -1),
    url: pageUrl,
    ts: config.takenAt,
    title: config.title || pageUrl,
    seed: true,
    status: config.status ?? undefined,
    favIconUrl: iconUrl,
    text: text && (await startOf(from.store, text)),
  };
  return Buffer.from(`${JSON.stringify(header)}\n${JSON.stringify(page)}\n`);
}

async function startOf(store: BlobStore, { digest, size }: Descriptor): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await store.read(digest, { start: 0, end: Math.min(size, maxTextBytes) }))
    chunks.push(chunk);
  // A character that the cut went through is left out.
  return new TextDecoder().decode(Buffer.concat(chunks), { stream: size > maxTextBytes });
}

async function* watched(
  content: AsyncIterable<Uint8Array>,
  done: (hash: string, bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  done(`sha256:${hash.digest('hex')}`, bytes);
}

function hashOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function json(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}
