import { type IndexEntry, manifestKindOf } from '../../images/index.ts';
import type { Descriptor } from '../../kernel/index.ts';
import { roleAnnotation } from './format.ts';
import type { Bad } from './read-config.ts';

/** The repository that a root came from, `host/path`. */
export const repositoryAnnotation = 'dev.holdfast.repository';
const imageTagAnnotation = 'org.opencontainers.image.ref.name';

/** - release: the release image itself · signature: an artifact of `signatureArtifactType` about it. */
export type RootRole = 'release' | 'signature';

/** A manifest or index that was mirrored byte for byte, under one of its image tags. */
export interface ImageRoot {
  /** As it stood at the source, without annotations of ours. */
  readonly descriptor: Descriptor;
  /** Absent where it had none; one with several image tags is several roots. */
  readonly imageTag?: string;
  /** `host/path` that it is named by at the source, whatever mirror it came from. */
  readonly repository: string;
  readonly role?: RootRole;
}

/** The entry of a snapshot's index that stands for a root. */
export function entryOf({ descriptor, imageTag, repository, role }: ImageRoot): Descriptor {
  const { mediaType, digest, size, artifactType } = descriptor;
  return {
    mediaType,
    digest,
    size,
    ...(artifactType !== undefined && { artifactType }),
    annotations: {
      ...(imageTag !== undefined && { [imageTagAnnotation]: imageTag }),
      [repositoryAnnotation]: repository,
      ...(role !== undefined && { [roleAnnotation]: role }),
    },
  };
}

/** The root that an entry stands for; `at` is its place, for errors. */
export function rootOf(entry: IndexEntry, at: number, bad: Bad): ImageRoot {
  const { mediaType, digest, size, artifactType, annotations = {} } = entry;
  const imageTag: unknown = annotations[imageTagAnnotation];
  const repository: unknown = annotations[repositoryAnnotation];
  const role: unknown = annotations[roleAnnotation];
  if (!manifestKindOf(mediaType)) throw bad(`manifests[${at}] is no manifest`);
  if (imageTag !== undefined && !isImageTag(imageTag)) throw bad(`manifests[${at}] has a bad image tag`);
  if (typeof repository !== 'string' || !isRepository(repository))
    throw bad(`manifests[${at}] does not say which repository it is from`);
  if (role !== undefined && role !== 'release' && role !== 'signature')
    throw bad(`manifests[${at}] has the unknown role "${String(role).slice(0, 200)}"`);
  return {
    descriptor: { mediaType, digest, size, ...(typeof artifactType === 'string' && { artifactType }) },
    ...(imageTag !== undefined && { imageTag }),
    repository,
    ...(role !== undefined && { role }),
  };
}

/** True for an image tag as the distribution spec writes it. */
export function isImageTag(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(value);
}

/** True for `host[:port]/path` with the path as the distribution spec writes it. */
function isRepository(value: string): boolean {
  return value.length <= 500 && /^[A-Za-z0-9.[\]:-]+(?:\/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)+$/.test(value);
}
