/** What one capture may cost. */
export interface CaptureLimits {
  /** From the start to the outcome. */
  readonly timeMs: number;
  /** Decoded bytes of all responses. */
  readonly bytes: number;
  /** Nodes of one document; the rest is left out. */
  readonly nodes: number;
  /** Characters of one serialized document. */
  readonly characters: number;
}

export const defaultLimits: CaptureLimits = {
  timeMs: 60_000,
  bytes: 256 * 1024 * 1024,
  nodes: 400_000,
  characters: 48 * 1024 * 1024,
};

/** The part of the time that is kept for writing down what was loaded. */
export const savingShare = 0.25;

/** The part of the time that the main document may take to come. */
export const documentShare = 0.4;
