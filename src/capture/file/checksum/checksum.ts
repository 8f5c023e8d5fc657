import type { Digest } from '../../../kernel/index.ts';

/** A digest that a file should have, and who says so. */
export interface Checksum {
  readonly digest: Digest;
  /** `--checksum`, the address of a file beside, or the name of a header. */
  readonly source: string;
}
