import { hasCode } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { type ImageFiles, smallFile } from '../folder/image-files.ts';
import { maxManifestBytes } from '../manifest.ts';
import { indexMediaType } from '../media-types.ts';
import { type IndexEntry, readManifest } from '../read-manifest.ts';
import { indexPath, markerPath } from './paths.ts';

/** The annotation that names an entry of index.json (image-spec `annotations.md`). */
export const refName = 'org.opencontainers.image.ref.name';

/** What index.json says: its entries, checked, and the whole as it stands, so that a writer keeps what it does not know. */
export interface LayoutIndex {
  readonly entries: readonly IndexEntry[];
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Reads oci-layout and index.json; throws `images.badLayout` with what is wrong. */
export async function readLayoutIndex(files: ImageFiles): Promise<LayoutIndex> {
  const fail = (fault: string, cause?: unknown) =>
    imagesErrors.badLayout({ place: files.place, fault }, { cause });
  const read = async (path: string, maxBytes: number) => {
    const bytes = await smallFile(files, path, maxBytes, fail);
    if (bytes === undefined) throw fail(`${path} is missing`);
    return bytes;
  };
  const version = versionOf(await read(markerPath, 4096));
  if (version === undefined || !/^1\.\d+\.\d+$/.test(version))
    throw fail(`oci-layout names ${version === undefined ? 'no version' : `the version "${version}"`}`);
  const bytes = await read(indexPath, maxManifestBytes);
  try {
    const { manifests } = readManifest(bytes, indexMediaType, `${files.place} index.json`);
    return { entries: manifests.map(withCleanAnnotations), raw: JSON.parse(Buffer.from(bytes).toString()) };
  } catch (error) {
    const known = hasCode(error, 'images.malformedManifest')
      ? String(error.details.fault)
      : 'its type is unknown';
    throw fail(`index.json cannot be read: ${known}`, error);
  }
}

function versionOf(bytes: Uint8Array): string | undefined {
  try {
    const version: unknown = JSON.parse(Buffer.from(bytes).toString())?.imageLayoutVersion;
    return typeof version === 'string' ? version.slice(0, 50) : undefined;
  } catch {
    return undefined;
  }
}

/** The entry with annotations that are texts only: others have no meaning and nobody may trip over them. */
export function withCleanAnnotations(entry: IndexEntry): IndexEntry {
  const { annotations, ...rest } = entry;
  if (typeof annotations !== 'object' || annotations === null) return rest;
  const texts = Object.entries(annotations).filter(([, text]) => typeof text === 'string');
  return texts.length === 0 ? rest : { ...rest, annotations: Object.fromEntries(texts) };
}
