import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCapture } from '../../../src/capture/create-capture.ts';
import { createEgressGuard } from '../../../src/capture/egress/index.ts';
import { createMemoryReferrers } from '../../../src/capture/snapshot/pdf.ts';
import { createFsBlobStore } from '../../../src/store/index.ts';
import { browserPath } from '../../../test/fidelity/harness/show.ts';
import type { BenchEngine } from './engine.ts';

const asked = ['html', 'png', 'text', 'wacz'] as const;

/** Holdfast's engine with every format, into a store on disk. */
export async function holdfastEngine(): Promise<BenchEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-'));
  const store = await createFsBlobStore({ root: folder });
  const guard = createEgressGuard({ policy: { allow: ['127.0.0.0/8'], never: [] } });
  const capture = createCapture({
    store,
    guard,
    browser: browserPath(),
    software: 'Holdfast/bench',
    ...createMemoryReferrers(),
  });
  return {
    async open(url) {
      const outcome = await capture.capture({
        url,
        signal: AbortSignal.timeout(60_000),
        onProgress: () => undefined,
      });
      const lacking = asked.filter((format) => !outcome.formats.includes(format));
      if (outcome.verdict !== 'good' || outcome.measures.missing > 0 || lacking.length > 0) {
        throw new Error(
          `${url} ended ${outcome.verdict}, ${outcome.measures.missing} missing, without: ${lacking.join(' ')}`,
        );
      }
      return outcome.measures.sizeBytes;
    },
    async close() {
      await capture.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
