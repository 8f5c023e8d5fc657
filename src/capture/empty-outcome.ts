import type { Evidence, Verdict } from '../links/index.ts';
import type { CaptureOutcome } from './types.ts';

/** The outcome of a capture that kept no bytes, with why. */
export function emptyOutcome(
  kind: CaptureOutcome['kind'],
  url: string,
  startedAt: number,
  evidence: readonly Evidence[],
  verdict: Verdict = 'failed',
): CaptureOutcome {
  return {
    digest: null,
    kind,
    verdict,
    evidence,
    takenAt: startedAt,
    finalUrl: url,
    title: '',
    description: '',
    author: '',
    publishedAt: '',
    language: '',
    siteName: '',
    formats: [],
    measures: {
      resources: 0,
      missing: 0,
      sizeBytes: 0,
      characters: 0,
      durationMs: Date.now() - startedAt,
    },
    searchText: '',
  };
}
