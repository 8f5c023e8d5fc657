import { imagesErrors } from '../../../images/index.ts';
import type { HttpTransport } from '../../../kernel/index.ts';
import { MemoryBlobStore } from '../../../store/index.ts';
import type { CaptureOutcome, CaptureRequest } from '../../types.ts';
import { createImageCapture } from '../create-image-capture.ts';
import type { MemorySource } from './memory-source.ts';

/** Web servers in memory: what each address answers with; everything else is not found. */
export function memoryTransport(answers: Readonly<Record<string, Uint8Array | Error>> = {}): HttpTransport & {
  readonly asked: string[];
} {
  const asked: string[] = [];
  return {
    asked,
    async send({ url }) {
      asked.push(url.href);
      const answer = answers[url.href];
      if (answer instanceof Error) throw answer;
      const body = (async function* () {
        if (answer) yield answer;
      })();
      return { status: answer ? 200 : 404, headers: {}, body, discard: () => {} };
    },
    close: () => {},
  };
}

/** Captures links from repositories in memory into a store in memory. */
export function memoryCapture(
  sources: readonly MemorySource[],
  options: {
    readonly transport?: HttpTransport;
    readonly trustedKeys?: readonly string[];
    readonly signatureStores?: readonly string[];
  } = {},
) {
  const store = new MemoryBlobStore();
  const asked: string[] = [];
  const { transport = memoryTransport(), trustedKeys = [], signatureStores = [] } = options;
  const source = ({ host, repository }: { host: string; repository: string }) => {
    const name = `${host}/${repository}`;
    asked.push(name);
    const found = sources.find((one) => one.name === name);
    if (!found) throw imagesErrors.denied({ host, repository, detail: 'it is not one of the test' });
    return found;
  };
  const engine = createImageCapture({
    store,
    connect: async () => ({
      transport,
      registry: {
        source,
        target: () => {
          throw new Error('nothing is written to a registry');
        },
      },
    }),
    software: 'Holdfast/0.0.0',
    clock: { now: () => Date.parse('2026-03-04T05:06:07Z') },
    trustedKeys: async () => trustedKeys,
    signatureStores,
  });
  return {
    store,
    /** The repositories that were asked for. */
    asked,
    capture: (url: string, change: Partial<CaptureRequest> = {}): Promise<CaptureOutcome> =>
      engine.capture({ url, signal: AbortSignal.timeout(20_000), onProgress: () => {}, ...change }),
  };
}
