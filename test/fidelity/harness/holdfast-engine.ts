import { createCapture } from '../../../src/capture/create-capture.ts';
import { createEgressGuard } from '../../../src/capture/egress/index.ts';
import { type Capture, createSnapshotReaders, type Rendition } from '../../../src/capture/index.ts';
import { createMemoryReferrers } from '../../../src/capture/snapshot/pdf.ts';
import { errorText } from '../../../src/kernel/index.ts';
import type { Format } from '../../../src/links/index.ts';
import { MemoryBlobStore } from '../../../src/store/index.ts';
import type { Engine } from './engine.ts';

async function bytesOf({ body }: Pick<Rendition, 'body'>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const usualCapMs = 25_000;

/** The engine of this project over a store in memory; the loopback that cases are served on may be reached. */
export function holdfastEngine(): Engine {
  const store = new MemoryBlobStore();
  const guard = createEgressGuard({ policy: { allow: ['127.0.0.0/8'], never: [] } });
  const readers = createSnapshotReaders({ store });
  const captures = new Map<number, Capture>();
  const captureWithin = (timeMs: number) => {
    const capture =
      captures.get(timeMs) ??
      createCapture({
        store,
        guard,
        software: 'Holdfast/test',
        ...createMemoryReferrers(),
        ...(process.env.HOLDFAST_BROWSER ? { browser: process.env.HOLDFAST_BROWSER } : {}),
        limits: { timeMs },
      });
    captures.set(timeMs, capture);
    return capture;
  };
  return {
    async capture(url, capMs = usualCapMs) {
      const request = { url, signal: AbortSignal.timeout(90_000), onProgress: () => undefined };
      try {
        const outcome = await captureWithin(capMs).capture(request);
        const { verdict, evidence, finalUrl, digest, formats } = outcome;
        const reader = digest === null ? undefined : await readers.open(digest);
        const as = async (format: Format) =>
          reader && formats.includes(format) ? bytesOf(await reader.as(format)) : undefined;
        const [html, file] = [await as('html'), await as('file')];
        // As it was kept: turning it into a PNG costs more than all the rest of a case.
        const picture = await reader?.part('screenshot');
        const screenshot = picture && (await bytesOf(picture));
        return {
          verdict,
          evidence: evidence.map(({ code, details }) => `${code} ${JSON.stringify(details)}`),
          missing: (reader?.missing() ?? []).map(({ url: lost, reason }) => `${lost} (${reason})`),
          finalUrl,
          ...(html && { html: html.toString('utf8') }),
          ...(screenshot && { screenshot }),
          ...(file && { file }),
        };
      } catch (error) {
        return { verdict: 'threw', evidence: [errorText(error)], missing: [], finalUrl: url };
      }
    },
    async close() {
      await Promise.all([...captures.values()].map((capture) => capture.close()));
    },
  };
}
