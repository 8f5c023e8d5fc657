import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Descriptor, type Digest, digestOf, isDigest } from '../../kernel/index.ts';
import { indexMediaType, manifestMediaType } from '../media-types.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => boolean | undefined;

/** A registry in this process whose every answer a test can replace. */
export interface FakeRegistry {
  /** `127.0.0.1:port`. */
  readonly host: string;
  /** Every request, as `METHOD path?query`. */
  readonly requests: string[];
  readonly blobs: Map<string, Uint8Array>;
  readonly manifests: Map<string, { mediaType: string; bytes: Uint8Array }>;
  readonly tags: Map<string, Digest>;
  /** Answers instead of the registry where it returns true. */
  intercept: Handler | undefined;
  /** True to serve the referrers API. */
  hasReferrersApi: boolean;
  addBlob(bytes: Uint8Array | string, mediaType?: string): Descriptor;
  addManifest(fields: object, tag?: string, mediaType?: string): Descriptor;
  /** An image of layers with these bytes. */
  addImage(layers: readonly (Uint8Array | string)[], tag?: string): Descriptor;
  addIndex(manifests: readonly object[], tag?: string): Descriptor;
  close(): Promise<void>;
}

/** Starts one; it keeps one name space for all repositories. */
export async function startFakeRegistry(): Promise<FakeRegistry> {
  const server = createServer((request, response) => {
    fake.requests.push(`${request.method} ${request.url}`);
    if (fake.intercept?.(request, response)) return;
    answer(fake, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeRegistry = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    blobs: new Map(),
    manifests: new Map(),
    tags: new Map(),
    intercept: undefined,
    hasReferrersApi: false,
    addBlob(content, mediaType = 'application/vnd.oci.image.layer.v1.tar') {
      const bytes = Buffer.from(content);
      fake.blobs.set(digestOf(bytes), bytes);
      return { mediaType, digest: digestOf(bytes), size: bytes.length };
    },
    addManifest(fields, tag, mediaType = manifestMediaType) {
      const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, ...fields }));
      const digest = digestOf(bytes);
      fake.manifests.set(digest, { mediaType, bytes });
      if (tag !== undefined) fake.tags.set(tag, digest);
      return { mediaType, digest, size: bytes.length };
    },
    addImage(layers, tag) {
      const config = fake.addBlob(`{"of":${layers.length}}`, 'application/vnd.oci.image.config.v1+json');
      return fake.addManifest({ config, layers: layers.map((layer) => fake.addBlob(layer)) }, tag);
    },
    addIndex: (manifests, tag) => fake.addManifest({ manifests }, tag, indexMediaType),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return fake;
}

async function answer(fake: FakeRegistry, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://fake');
  const [, path = '', kind = '', name = ''] =
    /^\/v2\/(.+)\/(manifests|blobs|tags|referrers|uploads)\/([^/]*)$/.exec(url.pathname) ?? [];
  const end = (status: number, headers: Record<string, string | number> = {}, body?: Uint8Array | string) => {
    response.writeHead(status, headers);
    response.end(request.method === 'HEAD' ? undefined : body);
  };
  const received = async () => Buffer.concat(await Array.fromAsync(request));
  if (request.method === 'POST') {
    const mount = url.searchParams.get('mount') ?? '';
    if (fake.blobs.has(mount)) return end(201);
    return end(202, { location: `/v2/${path.replace(/\/blobs$/, '')}/uploads/1?state=a%2Bb` });
  }
  if (request.method === 'PUT') {
    const bytes = await received();
    const digest = digestOf(bytes);
    if (kind === 'uploads') {
      if (url.searchParams.get('state') !== 'a+b' || url.searchParams.get('digest') !== digest)
        return end(400);
      fake.blobs.set(digest, bytes);
      return end(201);
    }
    fake.manifests.set(digest, { mediaType: request.headers['content-type'] ?? '', bytes });
    if (!isDigest(name)) fake.tags.set(name, digest);
    return end(201, { 'docker-content-digest': digest });
  }
  if (kind === 'manifests') {
    const digest = isDigest(name) ? name : fake.tags.get(name);
    const found = digest && fake.manifests.get(digest);
    if (!found) return end(404);
    const about = {
      'content-type': found.mediaType,
      'content-length': found.bytes.length,
      'docker-content-digest': digest,
    };
    return end(200, about, found.bytes);
  }
  if (kind === 'blobs') {
    const found = fake.blobs.get(name);
    if (!found) return end(404);
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (start === 0) return end(200, { 'content-length': found.length }, found);
    const range = `bytes ${start}-${found.length - 1}/${found.length}`;
    return end(
      206,
      { 'content-range': range, 'content-length': found.length - start },
      found.subarray(start),
    );
  }
  if (kind === 'tags') return end(200, {}, JSON.stringify({ tags: [...fake.tags.keys()] }));
  if (kind === 'referrers' && fake.hasReferrersApi) {
    const manifests = [...fake.manifests].flatMap(([digest, { mediaType, bytes }]) =>
      JSON.parse(bytes.toString()).subject?.digest === name
        ? [{ mediaType, digest, size: bytes.length }]
        : [],
    );
    const index = JSON.stringify({ schemaVersion: 2, mediaType: indexMediaType, manifests });
    return end(200, { 'content-type': indexMediaType }, index);
  }
  return end(404);
}
