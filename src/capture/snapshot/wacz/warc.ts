import { type Descriptor, type Digest, digestOf } from '../../../kernel/index.ts';
import type { BlobStore } from '../../../store/index.ts';
import { once } from '../byte-streams.ts';
import type { HeaderLine, LayerRole, SnapshotConfig, TimedExchange } from '../format.ts';
import { mediaTypeOf } from '../media-type.ts';
import type { CdxEntry } from './cdxj.ts';
import { requestHead, responseHead } from './http-block.ts';
import { postQuery } from './post-query.ts';
import { recordId, type WarcRecord, warcRecord } from './warc-record.ts';

/** What a WARC is made from. */
export interface WarcSources {
  readonly store: Pick<BlobStore, 'read'>;
  readonly snapshot: Digest;
  readonly config: SnapshotConfig;
  /** The page's address in the archive. */
  readonly pageUrl: string;
  readonly exchanges: readonly TimedExchange[];
  readonly parts: ReadonlyMap<string, Descriptor>;
}

/** What Browsertrix calls a page's own text and pictures; players and QA tools look for these names. */
const ownResources: readonly (readonly [LayerRole, string])[] = [
  ['page-text', 'text'],
  ['screenshot', 'fullPage'],
  ['thumbnail', 'thumbnail'],
];

/** The archive's records (WARC/1.1), a gzip member each; `index` is filled as they go out. */
export async function* warc(from: WarcSources, index: CdxEntry[]): AsyncGenerator<Uint8Array> {
  let offset = 0;
  for (const { record, entry } of records(from)) {
    const start = offset;
    for await (const chunk of warcRecord(record)) {
      offset += chunk.length;
      yield chunk;
    }
    if (entry !== undefined) index.push({ ...entry, offset: start, length: offset - start });
  }
}

/** True for an exchange that was answered; the others are in the snapshot's list of what is missing. */
export function wasAnswered({ status }: TimedExchange): boolean {
  return status >= 100;
}

interface Planned {
  readonly record: WarcRecord;
  readonly entry?: Omit<CdxEntry, 'offset' | 'length'>;
}

function* records(from: WarcSources): Generator<Planned> {
  yield warcinfo(from);
  for (const [position, exchange] of from.exchanges.entries())
    if (wasAnswered(exchange)) yield* exchangeRecords(from, exchange, position);
  for (const [role, name] of ownResources) {
    const descriptor = from.parts.get(role);
    if (descriptor !== undefined) yield ownResource(from, descriptor, name);
  }
}

function warcinfo({ snapshot, config }: WarcSources): Planned {
  const text = `software: ${config.software.replace(/[\r\n]+/g, ' ')}\r\nformat: WARC File Format 1.1\r\n`;
  const headers: HeaderLine[] = [
    ['WARC-Type', 'warcinfo'],
    ['WARC-Record-ID', recordId(snapshot, 'warcinfo')],
    ['WARC-Date', config.takenAt],
    ['WARC-Filename', 'data.warc.gz'],
    ['Content-Type', 'application/warc-fields'],
  ];
  return { record: inMemory(headers, Buffer.from(text)) };
}

function* exchangeRecords(from: WarcSources, exchange: TimedExchange, position: number): Generator<Planned> {
  const { body } = exchange;
  const date = new Date(Date.parse(from.config.takenAt) + exchange.atMs).toISOString();
  const url = asUri(exchange.url);
  const responseId = recordId(from.snapshot, position, 'response');
  const common: HeaderLine[] = [
    ['WARC-Date', date],
    ['WARC-Target-URI', url],
    ['WARC-Warcinfo-ID', recordId(from.snapshot, 'warcinfo')],
  ];
  const head = responseHead(exchange);
  const digest = body?.digest ?? emptyDigest;
  const mime = mediaTypeOf(exchange.responseHeaders);
  const method = exchange.method === 'GET' ? undefined : exchange.method;
  const requestBody = postQuery(exchange);
  yield {
    record: {
      headers: [
        ['WARC-Type', 'response'],
        ['WARC-Record-ID', responseId],
        ...common,
        ['WARC-Payload-Digest', digest],
        ...truncation(exchange),
        ['Content-Type', 'application/http; msgtype=response'],
      ],
      contentBytes: head.length + (body?.size ?? 0),
      content: async function* () {
        yield head;
        if (body !== null) yield* await from.store.read(body.digest);
      },
      compressible: isCompressible(mime),
    },
    entry: {
      url,
      date,
      mime,
      status: exchange.status,
      digest,
      ...(method === undefined ? {} : { method }),
      // An empty one is left out, as other writers do.
      ...(requestBody ? { requestBody } : {}),
    },
  };
  const request = Buffer.concat([requestHead(exchange), Buffer.from(exchange.requestBody ?? '')]);
  const requestHeaders: HeaderLine[] = [
    ['WARC-Type', 'request'],
    ['WARC-Record-ID', recordId(from.snapshot, position, 'request')],
    ...common,
    ['WARC-Concurrent-To', responseId],
    ['Content-Type', 'application/http; msgtype=request'],
  ];
  yield { record: inMemory(requestHeaders, request) };
}

function ownResource(from: WarcSources, { mediaType, digest, size }: Descriptor, name: string): Planned {
  const url = `urn:${name}:${from.pageUrl}`;
  const { takenAt } = from.config;
  return {
    record: {
      headers: [
        ['WARC-Type', 'resource'],
        ['WARC-Record-ID', recordId(from.snapshot, name)],
        ['WARC-Date', takenAt],
        ['WARC-Target-URI', url],
        ['WARC-Warcinfo-ID', recordId(from.snapshot, 'warcinfo')],
        ['WARC-Payload-Digest', digest],
        ['Content-Type', mediaType],
      ],
      contentBytes: size,
      content: async function* () {
        yield* await from.store.read(digest);
      },
      compressible: isCompressible(mediaType),
    },
    entry: { url, date: takenAt, mime: mediaType, digest },
  };
}

/** WARC/1.1, 5.13: a body that the server sent and the snapshot does not hold. */
function truncation({ body, status, error, responseHeaders }: TimedExchange): HeaderLine[] {
  if (error !== undefined) return [['WARC-Truncated', 'disconnect']];
  const promised = responseHeaders.find(([name]) => name.toLowerCase() === 'content-length')?.[1];
  const redirect = status >= 300 && status < 400;
  return body === null && !redirect && Number(promised) > 0 ? [['WARC-Truncated', 'length']] : [];
}

function inMemory(headers: readonly HeaderLine[], bytes: Uint8Array): WarcRecord {
  return { headers, contentBytes: bytes.length, content: () => once(bytes), compressible: true };
}

function isCompressible(mediaType: string): boolean {
  return !/^(?:image\/(?!svg|bmp|x-icon|vnd\.microsoft)|video\/|audio\/|font\/woff|application\/(?:zip|gzip|pdf))/.test(
    mediaType,
  );
}

/** A URI in a header: white space and controls cannot stand in it. */
function asUri(url: string): string {
  return url.replace(/[\s\p{Cc}]/gu, (character) => encodeURIComponent(character));
}

const emptyDigest = digestOf('');
