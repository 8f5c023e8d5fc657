import { type HoldfastError, hasCode, type IncomingResponse } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';

/** What a refused request was, for the error. */
export interface Asked {
  readonly host: string;
  readonly repository: string;
  readonly method: string;
  readonly path: string;
}

const maxFaultBytes = 64 * 1024;
/** What is read as a whole has to come within this time, however it trickles. */
const wholeMs = 5 * 60_000;
/** A registry that asks to wait for longer than this is not waited for; milliseconds. */
export const longestWaitMs = 5 * 60_000;

/** All bytes of an answer; throws `images.badAnswer` beyond `maxBytes`, before more than that was taken, and lets go of one that takes minutes. */
export async function readBody(
  answer: IncomingResponse,
  maxBytes: number,
  host: string,
): Promise<Uint8Array> {
  const tooLarge = () => imagesErrors.badAnswer({ host, detail: `it is larger than ${maxBytes} bytes` });
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  const late = setTimeout(() => answer.discard(), wholeMs);
  try {
    if (Number(answer.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
    for await (const part of answer.body) {
      sizeBytes += part.length;
      if (sizeBytes > maxBytes) throw tooLarge();
      parts.push(new Uint8Array(part));
    }
  } catch (error) {
    answer.discard();
    throw error;
  } finally {
    clearTimeout(late);
  }
  return Buffer.concat(parts, sizeBytes);
}

/** The media type that an answer says, without parameters. */
export function mediaTypeOf({ headers }: IncomingResponse): string | undefined {
  return /^[^;]+/
    .exec(headers['content-type'] ?? '')?.[0]
    .trim()
    .toLowerCase();
}

/**
 * The error that a status of 400 or more stands for; lets go of the answer. 429, 408 and 5xx other than 501 are of kind
 * `unavailable`: they may be tried again.
 */
export async function refusalOf(answer: IncomingResponse, asked: Asked): Promise<HoldfastError> {
  const { status } = answer;
  const { host, repository, method, path } = asked;
  const { detail, codes } = await faultIn(answer, host);
  if (status === 401 || status === 403) return imagesErrors.denied({ host, repository, detail });
  if (status === 429) {
    const retryAfterMs = retryAfterOf(answer.headers['retry-after']);
    return imagesErrors.busy({ host, status, retryAfterMs });
  }
  const details = { host, status, method, path, detail };
  if (status === 408 || (status >= 500 && status !== 501)) {
    const retryAfterMs = retryAfterOf(answer.headers['retry-after']);
    return retryAfterMs > 0
      ? imagesErrors.busy({ host, status, retryAfterMs })
      : imagesErrors.failing(details);
  }
  return imagesErrors.refused(details, { cause: { codes } });
}

/** The error codes of the distribution spec ("Error Codes") that an `images.refused` came with. */
export function codesOf(error: unknown): readonly string[] {
  if (!hasCode(error, 'images.refused')) return [];
  return (error.cause as { codes?: readonly string[] } | undefined)?.codes ?? [];
}

/** How long `Retry-After` says to wait (RFC 9110, 10.2.3); milliseconds, 0 where it says nothing. */
function retryAfterOf(value: string | undefined): number {
  if (value === undefined) return 0;
  const seconds = /^\d{1,9}$/.test(value.trim()) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.round(seconds * 1000)) : 0;
}

async function faultIn(
  answer: IncomingResponse,
  host: string,
): Promise<{ detail: string; codes: readonly string[] }> {
  const text = await readBody(answer, maxFaultBytes, host).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
  const errors = errorsIn(text);
  const sentences = errors.map(({ code, message }) => [code, message].filter(Boolean).join(': '));
  const shown = (sentences.join('; ') || `status ${answer.status}`).replace(/\p{Cc}+/gu, ' ').slice(0, 300);
  return { detail: shown, codes: errors.map(({ code }) => code) };
}

function errorsIn(text: string): { code: string; message: string }[] {
  try {
    const listed: unknown = JSON.parse(text)?.errors;
    if (!Array.isArray(listed)) return [];
    const word = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '');
    return listed.slice(0, 5).map((each) => ({ code: word(each?.code), message: word(each?.message) }));
  } catch {
    return [];
  }
}
