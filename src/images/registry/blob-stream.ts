import type { Descriptor, IncomingResponse } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';
import { ask } from './ask.ts';
import { type Endpoint, nameOf } from './context.ts';
import { brokenLine } from './faults.ts';
import type { Retry } from './retry.ts';

/** So many bytes between two breaks count as progress, after which tries are counted anew. */
const progressBytes = 64 * 1024;

/**
 * The bytes of a blob from `start` on, exactly as many as its descriptor says. A break is mended: `open` is asked for the
 * rest, as often as the retry allows without progress between. Throws `images.wrongBytes` where more comes, or what `open` throws.
 */
export async function* blobStream(
  descriptor: Descriptor,
  start: number,
  retry: Retry,
  place: string,
  open: (at: number) => Promise<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array> {
  const { digest, size } = descriptor;
  let at = start;
  let failures = 0;
  while (at < size) {
    const from = at;
    try {
      for await (const chunk of await open(at)) {
        if (at + chunk.length > size)
          throw imagesErrors.wrongBytes({ place, digest, detail: `more than its ${size} bytes came` });
        at += chunk.length;
        yield chunk;
      }
      if (at < size)
        throw imagesErrors.unreachable({ host: place, detail: `the answer ended at byte ${at} of ${size}` });
    } catch (error) {
      failures = at - from >= progressBytes ? 1 : failures + 1;
      await retry.pause(error, failures);
    }
  }
}

/**
 * One answer with a blob's bytes from `at` on (distribution-spec "Pulling blobs", RFC 9110 14.2). An answer of 200 is from the
 * start, and what was not asked for is skipped. Throws `images.partGone`, or `images.wrongBytes` where size or range are not what they must be.
 */
export async function openBlob(
  endpoint: Endpoint,
  { digest, size }: Descriptor,
  at: number,
): Promise<AsyncIterable<Uint8Array>> {
  const place = nameOf(endpoint);
  const url = endpoint.url(`blobs/${digest}`);
  const headers: Record<string, string> = at > 0 ? { range: `bytes=${at}-` } : {};
  const answer = await ask(endpoint, { method: 'GET', url, headers }, [404, 416]);
  const refuse = (error: Error) => {
    answer.discard();
    return error;
  };
  const wrong = (detail: string) => refuse(imagesErrors.wrongBytes({ place, digest, detail }));
  if (answer.status === 404) throw refuse(imagesErrors.partGone({ place, digest }));
  if (answer.status === 416)
    throw wrong(`it has no byte ${at} there, though its manifest says ${size} bytes`);
  if (answer.status === 206) {
    const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(answer.headers['content-range'] ?? '') ?? [];
    if (Number(from) !== at || (total !== '*' && Number(total) !== size))
      throw wrong(`bytes from ${at} of ${size} were asked for, "${answer.headers['content-range']}" came`);
    return received(answer, endpoint.host, 0);
  }
  if (answer.status !== 200)
    throw refuse(
      imagesErrors.badAnswer({
        host: endpoint.host,
        detail: `status ${answer.status} to GET ${url.pathname}`,
      }),
    );
  const announced = answer.headers['content-length'];
  if (announced !== undefined && Number(announced) !== size)
    throw wrong(`its manifest says ${size} bytes, the registry ${announced}`);
  return received(answer, endpoint.host, at);
}

async function* received(
  answer: IncomingResponse,
  host: string,
  skipBytes: number,
): AsyncGenerator<Uint8Array> {
  let toSkip = skipBytes;
  const chunks = answer.body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await chunks.next().catch((error: unknown) => {
        throw brokenLine(host, error);
      });
      if (next.done) return;
      const chunk = next.value.subarray(Math.min(toSkip, next.value.length));
      toSkip -= next.value.length - chunk.length;
      if (chunk.length > 0) yield chunk;
    }
  } finally {
    answer.discard();
  }
}
