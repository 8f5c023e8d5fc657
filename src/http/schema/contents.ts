import { z } from '@hono/zod-openapi';

const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()]);
const digest = z.string().openapi({ example: `sha256:${'0'.repeat(64)}` });
const platformName = z.string().openapi({ example: 'linux/amd64' });

/** One manifest that a root stands for. */
export const platformImage = z
  .object({
    digest,
    mediaType: z.string(),
    /** `os/architecture[/variant]`; null for an artifact. */
    platform: platformName.nullable(),
    created: z.iso.datetime().nullable(),
    layers: z.number(),
    sizeBytes: z.number(),
    /** False where an index names it and it was not mirrored. */
    held: z.boolean(),
  })
  .openapi('PlatformImage');

export const contentsRoot = z
  .object({
    role: z.enum(['image', 'release', 'component', 'signature', 'artifact']),
    component: z.string(),
    imageTags: z.array(z.string()),
    repository: z.string(),
    digest,
    mediaType: z.string(),
    artifactType: z.string().nullable(),
    sizeBytes: z.number(),
    platforms: z.array(platformImage),
  })
  .openapi('ContentsRoot');

/** One manifest with its layers and what its config says. */
export const imageDetail = z
  .object({
    digest,
    mediaType: z.string(),
    platform: platformName.nullable(),
    created: z.iso.datetime().nullable(),
    author: z.string(),
    user: z.string(),
    entrypoint: z.array(z.string()),
    command: z.array(z.string()),
    exposedPorts: z.array(z.string()),
    labels: z.record(z.string(), z.string()),
    layers: z.array(
      z.object({
        digest,
        mediaType: z.string(),
        sizeBytes: z.number(),
        createdBy: z.string(),
        /** How many images around it hold this layer. */
        uses: z.number(),
      }),
    ),
  })
  .openapi('ImageDetail');

export const storedFile = z
  .object({ name: z.string(), mediaType: z.string(), sizeBytes: z.number(), digest })
  .openapi('StoredFile');

export const snapshotContents = z
  .object({
    kind: z.enum(['file', 'image', 'release']),
    file: orNull(storedFile),
    roots: z.array(contentsRoot),
    /** Roots that the list leaves out. */
    omitted: z.number(),
    totalBytes: z.number(),
    uniqueBytes: z.number(),
    /** The manifest that was asked for by its digest. */
    image: orNull(imageDetail),
  })
  .openapi('SnapshotContents');

export const contentsQuery = z.object({ digest: z.string().max(200).optional() });

/** Texts to be copied or saved; each ends with a line break but for `updateImage` and `pullspec`. */
export const releaseInstallation = z
  .object({
    updateImage: z.string(),
    pullspec: z.string(),
    /** A section of install-config.yaml. */
    installConfig: z.string(),
    /** An ImageContentSourcePolicy or an ImageDigestMirrorSet, by the version. */
    mirrorSet: z.string(),
    /** Null where no signature is held. */
    signatureConfigMap: z.string().nullable(),
  })
  .openapi('ReleaseInstallation');

export const installationQuery = z.object({
  mirror: z.string().min(1).max(512).openapi({ example: 'registry.example.org:5000/openshift/release' }),
});
