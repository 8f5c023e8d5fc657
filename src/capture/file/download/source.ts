import type { Clock, HttpTransport, IncomingResponse } from '../../../kernel/index.ts';
import { readContentRange, readLength } from '../http/content-range.ts';
import { type Followed, follow } from '../http/follow.ts';
import { differs, type FileIdentity, identityOf, validatorOf } from '../http/identity.ts';
import { retryAfterMs } from '../http/pauses.ts';
import { NotTheFile, RangesBroken, SourceChanged, Transient } from './faults.ts';
import type { Interval } from './intervals.ts';

const transientStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);
const baseHeaders = { accept: '*/*', 'accept-encoding': 'identity' };

/** The first answer to the question for a file: its first bytes, from which on ranges can be asked for, or the whole. */
export interface Opened extends Followed {
  /** Present where the answer is a range of a file that is known again. */
  readonly identity: FileIdentity | undefined;
  /** Absent where nobody knows before the end. */
  readonly total: number | undefined;
  /** Which bytes the answer has; up to `total` or to where it ends. */
  readonly range: Interval | undefined;
}

export interface SourceOptions {
  readonly transport: HttpTransport;
  readonly url: string;
  readonly signal: AbortSignal;
  readonly stallMs: number;
  readonly clock: Clock;
  readonly userAgent: string;
}

/** A file at its server. Throws `Transient`, `NotTheFile`, `SourceChanged`, `RangesBroken` and the transport's errors. */
export class Source {
  readonly #options: SourceOptions;
  /** Where the redirects led last, so that parts need not go the whole way. */
  #at: string | undefined;

  constructor(options: SourceOptions) {
    this.#options = options;
  }

  /** Asks for the first bytes; a server without ranges answers with the whole. */
  async open(firstBytes: number): Promise<Opened> {
    const followed = await this.#get({ range: `bytes=0-${firstBytes - 1}` });
    const { status, headers } = followed.answer;
    if (status === 200) return whole(followed);
    const { range, total } = readContentRange(headers['content-range']) ?? {};
    if (status === 206 && range?.[0] === 0 && range[1] <= firstBytes && total !== undefined) {
      const identity = identityOf(headers, total);
      if (validatorOf(identity) !== undefined || range[1] === total)
        return { ...followed, identity, total, range };
    }
    followed.answer.discard();
    if (status !== 206 && status !== 416) throw new NotTheFile(status);
    return this.openWhole();
  }

  /** Asks for the whole. */
  async openWhole(): Promise<Opened> {
    const followed = await this.#get({});
    if (followed.answer.status === 200) return whole(followed);
    followed.answer.discard();
    throw new NotTheFile(followed.answer.status);
  }

  /** Asks for a range of the file as it is known. */
  async range(identity: FileIdentity, [start, end]: Interval): Promise<Followed> {
    const validator = validatorOf(identity);
    const asked = {
      range: `bytes=${start}-${end - 1}`,
      ...(validator !== undefined && { 'if-range': validator }),
    };
    const followed = await this.#get(asked, this.#at);
    const { answer } = followed;
    try {
      check(identity, [start, end], answer);
      return followed;
    } catch (error) {
      answer.discard();
      throw error;
    }
  }

  async #get(headers: Readonly<Record<string, string>>, at = this.#options.url): Promise<Followed> {
    const { transport, signal, stallMs, clock, userAgent } = this.#options;
    this.#at = undefined;
    const followed = await follow(transport, at, {
      headers: { ...baseHeaders, 'user-agent': userAgent, ...headers },
      signal,
      stallMs,
    });
    const { answer } = followed;
    if (transientStatuses.has(answer.status)) {
      answer.discard();
      throw new Transient(`the server answered with status ${answer.status}`, {
        askedMs: retryAfterMs(answer.headers['retry-after'], clock.now()),
        crowded: answer.status === 429 || answer.status === 503,
      });
    }
    if (answer.status >= 400 && at !== this.#options.url) {
      // An address that was signed for a while; the link itself leads to a new one.
      answer.discard();
      throw new Transient(`the server answered with status ${answer.status}`);
    }
    this.#at = followed.url.href;
    return followed;
  }
}

function whole(followed: Followed): Opened {
  const total = readLength(followed.answer.headers['content-length']);
  return { ...followed, identity: undefined, total, range: undefined };
}

/** Holds the answer for a range to what is known of the file. */
function check(identity: FileIdentity, [start, end]: Interval, answer: IncomingResponse): void {
  const { status, headers } = answer;
  if (status === 416) throw new SourceChanged('the range is no longer in the file');
  if (status === 200) {
    const total = readLength(headers['content-length']);
    if (differs(identity, headers, total)) throw new SourceChanged('the server has another file');
    throw new RangesBroken('the server answers with the whole file');
  }
  if (status !== 206) throw new NotTheFile(status);
  const given = readContentRange(headers['content-range']);
  if (given?.total !== undefined && given.total !== identity.total)
    throw new SourceChanged(`the file has ${given.total} bytes, not ${identity.total}`);
  if (differs(identity, headers, given?.total)) throw new SourceChanged('the server has another file');
  if (!given?.range || given.range[0] !== start || given.range[1] > end)
    throw new RangesBroken(`bytes ${start} to ${end} were answered with "${headers['content-range'] ?? ''}"`);
}
