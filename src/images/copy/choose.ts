import { imagesErrors } from '../errors.ts';
import { formatPlatform, platformMatches } from '../platform.ts';
import type { IndexEntry, Manifest, Platform } from '../read-manifest.ts';

/** The entries of an index that are copied, and the others. */
export interface Choice {
  readonly chosen: readonly IndexEntry[];
  readonly leftOut: readonly IndexEntry[];
}

/**
 * Chooses the entries of an index for some platforms. Entries that name no platform are chosen too, and BuildKit's attestations
 * go with the image that they are about. Throws `images.noPlatform` where the index is for other platforms only.
 */
export function choosePlatforms(
  index: Manifest,
  wanted: readonly Platform[] | undefined,
  image: string,
): Choice {
  if (wanted === undefined) return { chosen: index.manifests, leftOut: [] };
  const offered = index.manifests.filter(
    (entry) => isPlatform(entry.platform) && aboutOf(entry) === undefined,
  );
  const isWanted = (entry: IndexEntry) =>
    wanted.some((platform) => platformMatches(entry.platform!, platform));
  const away = new Set(offered.filter((entry) => !isWanted(entry)).map(({ digest }) => digest as string));
  if (offered.length > 0 && away.size === new Set(offered.map(({ digest }) => digest)).size) {
    const platforms = [...new Set(offered.map(({ platform }) => formatPlatform(platform!)))].slice(0, 30);
    throw imagesErrors.noPlatform({
      image,
      platform: wanted.map(formatPlatform).join(', '),
      platforms: platforms.join(', '),
    });
  }
  const isAway = (entry: IndexEntry) => away.has(aboutOf(entry) ?? entry.digest);
  return {
    chosen: index.manifests.filter((entry) => !isAway(entry)),
    leftOut: index.manifests.filter(isAway),
  };
}

/** The digest of the image that an attestation is about (BuildKit "Image attestation storage"). */
function aboutOf({ annotations }: IndexEntry): string | undefined {
  const about: unknown = annotations?.['vnd.docker.reference.digest'];
  return typeof about === 'string' ? about : undefined;
}

function isPlatform(value: unknown): value is Platform {
  const { os, architecture } = (value ?? {}) as Partial<Platform>;
  return typeof os === 'string' && typeof architecture === 'string';
}
