import { z } from '@hono/zod-openapi';
import { platformImage } from './contents.ts';

const time = z.iso.datetime();
const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()]);
const name = z.string().min(1).max(255);
const after = z.string().max(255).optional();

export const registryRepository = z
  .object({
    name: z.string(),
    imageTags: z.number(),
    sizeBytes: z.number(),
    /** What other repositories hold too. */
    sharedBytes: z.number(),
    updatedAt: time,
  })
  .openapi('RegistryRepository');

/** Null where the server runs no registry. */
export const registry = z
  .object({
    registry: orNull(
      z.object({
        /** How clients reach it: `host:port`. */
        address: z.string(),
        secure: z.boolean(),
        anonymousPull: z.boolean(),
        total: z.number(),
        repositories: z.array(registryRepository),
        /** Give it as `after` for the next part. */
        next: z.string().nullable(),
      }),
    ),
  })
  .openapi('Registry');

export const registryImageTags = z
  .object({
    imageTags: z.array(
      z.object({
        tag: z.string(),
        digest: z.string(),
        mediaType: z.string(),
        artifactType: z.string().nullable(),
        sizeBytes: z.number(),
        updatedAt: time,
        platforms: z.array(platformImage),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('RegistryImageTags');

export const registryQuery = z.object({ after });
export const imageTagsQuery = z.object({ repository: name, after });
export const registryImageQuery = z.object({ repository: name, digest: z.string().max(200) });
