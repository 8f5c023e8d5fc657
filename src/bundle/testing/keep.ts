import { makeSnapshot } from '../../../test/support/links.ts';
import { encodeManifest, type ImageManifest, indexMediaType, manifestMediaType } from '../../images/index.ts';
import type { Descriptor, Digest } from '../../kernel/index.ts';
import type { NewSnapshot, Snapshot } from '../../links/index.ts';
import type { BlobStore } from '../../store/index.ts';
import type { World } from './world.ts';

const pageType = 'application/vnd.holdfast.page.v1+json';
const pdfType = 'application/vnd.holdfast.pdf.v1';

/** Bytes that no compressor makes smaller, the same for one seed. */
export function noise(sizeBytes: number, seed: number): Buffer {
  const bytes = Buffer.alloc(sizeBytes);
  let state = (seed * 2654435761) | 1;
  for (let at = 0; at < sizeBytes; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
}

async function put(store: BlobStore, mediaType: string, bytes: Uint8Array): Promise<Descriptor> {
  const { digest, sizeBytes } = await store.put(bytes);
  return { mediaType, digest, size: sizeBytes };
}

async function putManifest(store: BlobStore, fields: Partial<ImageManifest>): Promise<Descriptor> {
  const config = await put(store, 'application/vnd.oci.empty.v1+json', Buffer.from('{}'));
  const manifest = encodeManifest({
    schemaVersion: 2,
    mediaType: manifestMediaType,
    config,
    layers: [],
    ...fields,
  });
  return put(store, manifestMediaType, manifest);
}

/** Keeps a page whose parts have these bytes, with a PDF that was made later where it is given. */
export async function keepPage(
  { links, store, referrers }: World,
  page: {
    url: string;
    parts: readonly Uint8Array[];
    tags?: readonly string[];
    note?: string;
    title?: string;
    pdf?: Uint8Array;
    change?: Partial<NewSnapshot>;
  },
): Promise<Snapshot> {
  const { url, parts, tags = [], note = '', title, pdf } = page;
  const layers = await Promise.all(parts.map((bytes) => put(store, 'text/plain', bytes)));
  const root = await putManifest(store, { artifactType: pageType, layers, annotations: { url } });
  if (pdf) {
    const layer = await put(store, 'application/pdf', pdf);
    const artifact = await putManifest(store, { artifactType: pdfType, layers: [layer], subject: root });
    await referrers.record(root.digest, pdfType, artifact.digest);
  }
  const [added] = await links.add([{ url, tags, note, ...(title !== undefined && { title }) }], {
    capture: false,
  });
  return links.recordSnapshot(
    makeSnapshot({ linkId: added!.link.id, digest: root.digest, finalUrl: url, ...page.change }),
  );
}

async function putList(store: BlobStore, held: Descriptor): Promise<Descriptor> {
  const absent = { ...held, digest: `sha256:${'ab'.repeat(32)}` };
  const list = { schemaVersion: 2, mediaType: indexMediaType, manifests: [held, absent] };
  return put(store, indexMediaType, Buffer.from(JSON.stringify(list)));
}

/** Keeps an image as a snapshot of ours: an index that names an about manifest and the image under its image tag. */
export async function keepImage(
  world: World,
  image: {
    /** Mirrors a list of two platforms, of which one is not there. */
    missingPlatform?: boolean;
    url: string;
    repository: string;
    tag: string;
    layers: readonly Uint8Array[];
    tags?: readonly string[];
  },
): Promise<{ snapshot: Snapshot; manifest: Digest }> {
  const { store, links } = world;
  const layers = await Promise.all(
    image.layers.map((bytes) => put(store, 'application/vnd.oci.image.layer.v1.tar', bytes)),
  );
  const config = await put(
    store,
    'application/vnd.oci.image.config.v1+json',
    Buffer.from(
      JSON.stringify({
        architecture: 'amd64',
        os: 'linux',
        rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
      }),
    ),
  );
  const own = await putManifest(store, { config, layers });
  const mirrored = image.missingPlatform ? await putList(store, own) : own;
  const about = await putManifest(store, { artifactType: 'application/vnd.holdfast.snapshot.v1+json' });
  const index = {
    schemaVersion: 2,
    mediaType: indexMediaType,
    artifactType: 'application/vnd.holdfast.image.v1+json',
    manifests: [
      { ...about, annotations: { 'dev.holdfast.role': 'about' } },
      {
        ...mirrored,
        annotations: {
          'org.opencontainers.image.ref.name': image.tag,
          'dev.holdfast.repository': image.repository,
        },
      },
    ],
  };
  const root = await put(store, indexMediaType, Buffer.from(JSON.stringify(index)));
  const [added] = await links.add([{ url: image.url, tags: image.tags ?? [] }], { capture: false });
  const snapshot = await links.recordSnapshot(
    makeSnapshot({ linkId: added!.link.id, digest: root.digest, finalUrl: image.url }),
  );
  return { snapshot, manifest: mirrored.digest };
}
