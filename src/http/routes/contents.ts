import { createRoute, type z } from '@hono/zod-openapi';
import type { ImageContents } from '../../capture/index.ts';
import { parseReference } from '../../images/index.ts';
import { parseDigest } from '../../kernel/index.ts';
import { linksErrors } from '../../links/index.ts';
import { imageView, rootView } from '../contents-view.ts';
import { newApp } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { keepLast } from '../keep-last.ts';
import {
  snapshotContents as answer,
  contentsQuery,
  installationQuery,
  releaseInstallation,
  type snapshotContents,
} from '../schema/contents.ts';
import { idParam } from '../schema/requests.ts';
import { createSnapshotOpener } from '../snapshot-opener.ts';
import { json, problems } from './answers.ts';

type Contents = z.infer<typeof snapshotContents>;

const contents = createRoute({
  method: 'get',
  path: '/api/snapshots/{id}/contents',
  summary: 'What the snapshot of a file, an image or a release holds',
  description: 'With the digest of an image: its root alone, with the layers and what the config says.',
  request: { params: idParam, query: contentsQuery },
  responses: { 200: json(answer, 'The contents'), ...problems },
});

const installation = createRoute({
  method: 'get',
  path: '/api/snapshots/{id}/installation',
  summary: 'What an installation of a release from a mirror needs next',
  request: { params: idParam, query: installationQuery },
  responses: { 200: json(releaseInstallation, 'The texts'), ...problems },
});

/** Described snapshots kept, so that the layers of a hundred components cost one description. */
const kept = 8;

/** What files, images and releases are made of. */
export function contentsRoutes(deps: Pick<HttpDeps, 'links' | 'snapshots'>) {
  const open = createSnapshotOpener(deps);
  const describe = keepLast(kept, deps.snapshots.contents);

  const ofImage = async (it: ImageContents, id: string, asked: string | undefined): Promise<Contents> => {
    const digest = asked === undefined ? undefined : parseDigest(asked);
    const found = digest && (await it.image(digest));
    if (digest && !found) throw httpErrors.notInside({ place: id, digest });
    const roots = it.roots.filter(
      (root) => !digest || root.images.some(({ descriptor }) => descriptor.digest === digest),
    );
    return {
      kind: it.kind,
      file: null,
      roots: roots.map(rootView),
      omitted: digest ? 0 : it.omitted,
      totalBytes: it.totalBytes,
      uniqueBytes: it.uniqueBytes,
      image: found ? imageView(found) : null,
    };
  };

  const ofFile = async (id: string): Promise<Contents> => {
    const { reader } = await open(id);
    const layer = reader.layers.find(({ role }) => role === 'file')?.descriptor;
    if (!layer) throw httpErrors.noPart({ id, part: 'file' });
    const { digest, mediaType, size: sizeBytes } = layer;
    const file = { name: reader.config.title, mediaType, sizeBytes, digest };
    const sizes = { totalBytes: sizeBytes, uniqueBytes: sizeBytes };
    return { kind: 'file', file, roots: [], omitted: 0, ...sizes, image: null };
  };

  const held = async (id: string) => {
    const found = await deps.links.findSnapshot(id);
    if (!found) throw linksErrors.noSnapshot({ ref: id });
    if (found.kind === 'page') throw httpErrors.noContents({ id });
    if (found.digest === null) throw httpErrors.noBytes({ id });
    return { kind: found.kind, digest: found.digest };
  };

  return newApp()
    .openapi(contents, async (c) => {
      const { id } = c.req.valid('param');
      const { kind, digest } = await held(id);
      const body =
        kind === 'file'
          ? await ofFile(id)
          : await ofImage(await describe(digest), id, c.req.valid('query').digest);
      return c.json(body, 200);
    })
    .openapi(installation, async (c) => {
      const { digest } = await held(c.req.valid('param').id);
      const { host: registry, repository } = parseReference(c.req.valid('query').mirror);
      const { summary: _, ...texts } = await deps.snapshots.installation(digest, { registry, repository });
      return c.json({ ...texts, signatureConfigMap: texts.signatureConfigMap ?? null }, 200);
    });
}
