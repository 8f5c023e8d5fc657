/** One thing that is asked of Holdfast, and what came out. */
export interface Check {
  readonly asked: string;
  readonly shown: string;
  readonly passed: boolean;
}
