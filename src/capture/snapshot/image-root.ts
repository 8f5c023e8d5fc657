import {
  type IndexEntry,
  isImageTag,
  isRegistryHost,
  isRepository,
  manifestKindOf,
} from '../../images/index.ts';
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
  if (imageTag !== undefined && (typeof imageTag !== 'string' || !isImageTag(imageTag)))
    throw bad(`manifests[${at}] has a bad image tag`);
  if (typeof repository !== 'string' || !isFullRepository(repository))
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

/** True for `host[:port]/path`. */
function isFullRepository(value: string): boolean {
  const slash = value.indexOf('/');
  return slash > 0 && isRegistryHost(value.slice(0, slash)) && isRepository(value.slice(slash + 1));
}
