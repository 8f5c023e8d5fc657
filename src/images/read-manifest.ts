import { type Descriptor, parseBoundedJson } from '../kernel/index.ts';
import { imagesErrors } from './errors.ts';
import { isDescriptor } from './is-descriptor.ts';
import { manifestKindOf } from './media-types.ts';

/** The platform that an entry of an index is for (image-spec `image-index.md`). */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** An entry of an index. */
export interface IndexEntry extends Descriptor {
  readonly platform?: Platform;
}

/** What any manifest says, whichever of the kept media types it has; its bytes stay as they are. */
export interface Manifest {
  readonly kind: 'image' | 'index';
  readonly mediaType: string;
  readonly artifactType?: string;
  /** Absent in an index. */
  readonly config?: Descriptor;
  /** Empty in an index. */
  readonly layers: readonly Descriptor[];
  /** The entries of an index; empty in an image's manifest. */
  readonly manifests: readonly IndexEntry[];
  readonly subject?: Descriptor;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The most parts that one manifest may name. */
const maxParts = 10_000;
/** Room for so many parts with a dozen annotations each; more would take seconds to read and hundreds of megabytes. */
const maxValues = 500_000;
const maxDepth = 64;

/**
 * Reads the bytes of a manifest or index of `mediaType` (where it is undefined, of the type that the bytes name).
 * Throws `images.unsupportedManifest` for schema 1 and unknown types, `images.malformedManifest` with the field that is
 * wrong; both name `image`.
 */
export function readManifest(bytes: Uint8Array, mediaType: string | undefined, image: string): Manifest {
  const fail = (fault: string) => imagesErrors.malformedManifest({ image, fault });
  const json = parseBoundedJson(bytes, { maxBytes: bytes.length, maxValues, maxDepth });
  if (typeof json === 'string') throw fail(json);
  const { value } = json;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fail('it is not an object');
  const fields = value as Readonly<Record<string, unknown>>;
  const named = typeof fields.mediaType === 'string' ? fields.mediaType : undefined;
  const type = mediaType ?? named ?? typeByShape(fields);
  const kind = manifestKindOf(type);
  if (!kind) throw imagesErrors.unsupportedManifest({ image, mediaType: shownType(fields, type) });
  if (named !== undefined && named !== type)
    throw fail(`mediaType is "${named.slice(0, 100)}", not "${type}"`);
  if (fields.schemaVersion !== 2) throw fail('schemaVersion is not 2');
  const list = <T extends Descriptor>(name: string): readonly T[] => {
    const entries = fields[name];
    if (!Array.isArray(entries)) throw fail(`${name} is not a list`);
    if (entries.length > maxParts) throw fail(`${name} has more than ${maxParts} entries`);
    const bad = entries.findIndex((entry) => !isDescriptor(entry));
    if (bad >= 0) throw fail(`${name}[${bad}] is not a descriptor`);
    return entries as T[];
  };
  const optional = (name: string): Descriptor | undefined => {
    if (fields[name] === undefined || fields[name] === null) return undefined;
    if (!isDescriptor(fields[name])) throw fail(`${name} is not a descriptor`);
    return fields[name];
  };
  const config = optional('config');
  if (kind === 'image' && !config) throw fail('config is missing');
  // One document may not be read as an image by one tool and as an index by another (CVE-2021-41190).
  if (fields[kind === 'image' ? 'manifests' : 'layers'] !== undefined)
    throw fail('it is a manifest and an index at once');
  const subject = optional('subject');
  return {
    kind,
    mediaType: type,
    ...(typeof fields.artifactType === 'string' && { artifactType: fields.artifactType }),
    ...(kind === 'image' && config && { config }),
    layers: kind === 'image' ? list('layers') : [],
    manifests: kind === 'index' ? list<IndexEntry>('manifests') : [],
    ...(subject && { subject }),
    annotations: stringsOf(fields.annotations),
  };
}

/** OCI lets `mediaType` be absent; then the fields tell. */
function typeByShape(fields: Readonly<Record<string, unknown>>): string {
  if (fields.schemaVersion === 1) return 'application/vnd.docker.distribution.manifest.v1+json';
  return Array.isArray(fields.manifests)
    ? 'application/vnd.oci.image.index.v1+json'
    : 'application/vnd.oci.image.manifest.v1+json';
}

function shownType(fields: Readonly<Record<string, unknown>>, type: string): string {
  return fields.schemaVersion === 1 ? `${type.slice(0, 150)} (schema 1)` : type.slice(0, 200);
}

function stringsOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string'));
}
