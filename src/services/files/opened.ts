import type { ReadPiece } from '../../kernel/index.ts';
import type { Validators } from './conditions.ts';

/** The bytes behind an entry, as they are for one request. */
export interface Opened extends Validators {
  readonly sizeBytes: number;
  /** Throws `files.changed` where they are no longer what was opened. */
  readonly read: ReadPiece;
  /** The bytes themselves, where they are at hand. */
  readonly bytes?: Uint8Array;
  close(): Promise<void>;
}
