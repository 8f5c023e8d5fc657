import type { Digest } from './digest.ts';

/** An OCI content descriptor (image-spec `descriptor.md`); `size` in bytes. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
}
