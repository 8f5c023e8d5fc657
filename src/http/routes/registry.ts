import { createRoute } from '@hono/zod-openapi';
import { parseDigest } from '../../kernel/index.ts';
import { imageView, platformView } from '../contents-view.ts';
import { newApp } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { imageDetail } from '../schema/contents.ts';
import {
  imageTagsQuery,
  registry,
  registryImageQuery,
  registryImageTags,
  registryQuery,
} from '../schema/registry.ts';
import { json, problems } from './answers.ts';

const overview = createRoute({
  method: 'get',
  path: '/api/registry',
  summary: 'The registry of this server: how it is reached, and its repositories by name',
  request: { query: registryQuery },
  responses: { 200: json(registry, 'The registry'), ...problems },
});

const imageTags = createRoute({
  method: 'get',
  path: '/api/registry/tags',
  summary: 'The image tags of a repository, with what each stands for',
  request: { query: imageTagsQuery },
  responses: { 200: json(registryImageTags, 'The image tags'), ...problems },
});

const image = createRoute({
  method: 'get',
  path: '/api/registry/image',
  summary: 'One manifest of a repository with its layers',
  request: { query: registryImageQuery },
  responses: { 200: json(imageDetail, 'The image'), ...problems },
});

const repositoriesAtOnce = 50;
const tagsAtOnce = 100;
const time = (ms: number) => new Date(ms).toISOString();
const pageFrom = (after: string | undefined, limit: number) => ({
  limit,
  ...(after !== undefined && { after }),
});

/** What the registry holds; a server without one says so. */
export function registryRoutes({ registry: view }: Pick<HttpDeps, 'registry'>) {
  const running = () => {
    if (!view) throw httpErrors.registryOff();
    return view;
  };
  return newApp()
    .openapi(overview, async (c) => {
      if (!view) return c.json({ registry: null }, 200);
      const { after } = c.req.valid('query');
      const { repositories, total } = await view.repositories(pageFrom(after, repositoriesAtOnce));
      const next = repositories.length < repositoriesAtOnce ? null : repositories.at(-1)!.name;
      const listed = repositories.map((each) => ({ ...each, updatedAt: time(each.updatedAt) }));
      const { secure, anonymousPull } = view;
      const about = { address: view.address(), secure, anonymousPull, total, repositories: listed, next };
      return c.json({ registry: about }, 200);
    })
    .openapi(imageTags, async (c) => {
      const { repository, after } = c.req.valid('query');
      const tags = await running().imageTags(repository, pageFrom(after, tagsAtOnce));
      const body = {
        imageTags: tags.map(({ tag, digest, updatedAt, description }) => ({
          tag,
          digest,
          mediaType: description.descriptor.mediaType,
          artifactType: description.artifactType ?? null,
          sizeBytes: [...description.parts.values()].reduce((sum, size) => sum + size, 0),
          updatedAt: time(updatedAt),
          platforms: description.images.map(platformView),
        })),
        next: tags.length < tagsAtOnce ? null : tags.at(-1)!.tag,
      };
      return c.json(body, 200);
    })
    .openapi(image, async (c) => {
      const { repository, digest: asked } = c.req.valid('query');
      const digest = parseDigest(asked);
      const found = await running().image(repository, digest);
      if (!found) throw httpErrors.notInside({ place: repository, digest });
      return c.json(imageView(found), 200);
    });
}
