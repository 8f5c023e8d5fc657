/** Something that opens a page; what that includes is what is being compared. */
export interface BenchEngine {
  /** Gives the bytes that it wrote, 0 where it writes none; throws where the page was not had. */
  open(url: string): Promise<number>;
  close(): Promise<void>;
}

export const engineNames = ['bare', 'settled', 'holdfast', 'single-file', 'single-file-cli'] as const;
export type EngineName = (typeof engineNames)[number];

/** What each one does, for the report. */
export const engineTitles: Readonly<Record<EngineName, string>> = {
  bare: 'bare load, browser reused',
  settled: 'load with the waiting rule',
  holdfast: 'Holdfast, all formats',
  'single-file': 'SingleFile injected, browser reused',
  'single-file-cli': 'single-file-cli',
};
