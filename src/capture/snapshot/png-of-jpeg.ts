import { Worker } from 'node:worker_threads';

/**
 * The same picture as PNG. Decoding takes about a second for a full page, so it runs in a thread of its own; rejects
 * where the bytes are no JPEG.
 */
export function pngOfJpeg(jpeg: Uint8Array): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./png-worker.ts', import.meta.url), {
      workerData: jpeg,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    worker.once('message', (png: Uint8Array) => resolve(png));
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the thread ended without a picture')));
  });
}
