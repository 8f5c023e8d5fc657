import { type Descriptor, isDigest } from '../kernel/index.ts';

/** True for an OCI content descriptor (image-spec `descriptor.md`) whose digest can be checked. */
export function isDescriptor(value: unknown): value is Descriptor {
  if (typeof value !== 'object' || value === null) return false;
  const { mediaType, digest, size } = value as Descriptor;
  return typeof mediaType === 'string' && isDigest(digest) && Number.isSafeInteger(size) && size >= 0;
}
