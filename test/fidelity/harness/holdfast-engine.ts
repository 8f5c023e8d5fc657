import { createCapture } from '../../../src/capture/create-capture.ts';
import { createEgressGuard } from '../../../src/capture/egress/index.ts';
import { createSnapshotReaders, type Rendition } from '../../../src/capture/index.ts';
import { createMemoryReferrers } from '../../../src/capture/snapshot/pdf.ts';
import { errorText } from '../../../src/kernel/index.ts';
import { MemoryBlobStore } from '../../../src/store/index.ts';
import type { Engine } from './engine.ts';

async function bytesOf(rendition: Promise<Rendition>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of (await rendition).body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The engine of this project over a store in memory; the loopback that cases are served on may be reached. */
export function holdfastEngine(options: { timeMs?: number } = {}): Engine {
  const store = new MemoryBlobStore();
  const guard = createEgressGuard({ policy: { allow: ['127.0.0.0/8'], never: [] } });
  const capture = createCapture({
    store,
    guard,
    software: 'Holdfast/test',
    ...createMemoryReferrers(),
    ...(process.env.HOLDFAST_BROWSER ? { browser: process.env.HOLDFAST_BROWSER } : {}),
    ...(options.timeMs ? { limits: { timeMs: options.timeMs } } : {}),
  });
  const readers = createSnapshotReaders({ store });
  return {
    async capture(url) {
      const request = { url, signal: AbortSignal.timeout(90_000), onProgress: () => undefined };
      try {
        const { verdict, evidence, finalUrl, digest, formats } = await capture.capture(request);
        const reader = digest === null ? undefined : await readers.open(digest);
        const as = async (format: 'html' | 'png' | 'file') =>
          reader && formats.includes(format) ? bytesOf(reader.as(format)) : undefined;
        const [html, screenshot, file] = [await as('html'), await as('png'), await as('file')];
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
    close: () => capture.close(),
  };
}
