/**
 * One event of something that a person waits for: what is being done, how much of how much, how long still.
 * `stage` is a key of the text catalog; `total` and `remainingMs` are absent while they are not known.
 */
export interface Progress {
  readonly stage: string;
  readonly done: number;
  readonly total?: number;
  readonly unit: 'bytes' | 'items' | 'steps';
  readonly remainingMs?: number;
  /** Units per second, by what came lately; where it is known. */
  readonly perSecond?: number;
}

export type OnProgress = (progress: Progress) => void;
