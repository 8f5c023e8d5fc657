import type { Check } from '../lib/check.ts';

export interface PartOptions {
  readonly rounds: number;
  /** How long each measurement lasts. */
  readonly seconds: number;
  readonly onStep: (line: string) => void;
}

/** What one part of the bench measured. */
export interface PartResult {
  readonly figures: object;
  /** Markdown, without a heading of level 2. */
  readonly report: string;
  readonly checks: readonly Check[];
}

export type BastionPart = (options: PartOptions) => Promise<PartResult>;
