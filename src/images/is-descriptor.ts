import { type Descriptor, isDigest } from '../kernel/index.ts';

/** As RFC 6838 (4.2) has them, and then some. */
const maxTypeLength = 512;

/** The same descriptor without all that is said besides of what it names: of that there may be megabytes. */
export function bareDescriptor({ mediaType, digest, size, artifactType }: Descriptor): Descriptor {
  const isType = typeof artifactType === 'string' && artifactType.length <= maxTypeLength;
  return { mediaType, digest, size, ...(isType && { artifactType }) };
}

/** True for an OCI content descriptor (image-spec `descriptor.md`) whose digest can be checked. */
export function isDescriptor(value: unknown): value is Descriptor {
  if (typeof value !== 'object' || value === null) return false;
  const { mediaType, digest, size } = value as Descriptor;
  const isType = typeof mediaType === 'string' && mediaType.length <= maxTypeLength;
  return isType && isDigest(digest) && Number.isSafeInteger(size) && size >= 0;
}
