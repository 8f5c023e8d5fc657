import type { OutgoingRequest } from '../../../../kernel/index.ts';
import { type Framing, framingOf } from './framing.ts';
import type { Inbound } from './inbound.ts';
import { readLine } from './lines.ts';
import { readHeaders } from './read-headers.ts';

/** The head of an answer. */
export interface ResponseHead {
  readonly status: number;
  /** Names in lower case; several lines of one name are joined (RFC 9110 5.3), but for cookies, which cannot be and are left out. */
  readonly headers: Readonly<Record<string, string>>;
  /** How its body ends. */
  readonly framing: Framing;
  /** For how long the connection may lie idle after it, milliseconds; 0 where it may not be used again. */
  readonly keepMs: number;
}

const maxHeadBytes = 64 * 1024;
const maxInformational = 16;
const longestIdleMs = 60_000;
const statusLine = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;

/**
 * Reads the head of the answer to a request (RFC 9112 4 to 6), strictly; what a server says on the way (1xx) is passed over.
 * Rejects for anything that two readers could take for two things, and for an answer that changes the protocol.
 */
export async function readHead(inbound: Inbound, method: OutgoingRequest['method']): Promise<ResponseHead> {
  const budget = { leftBytes: maxHeadBytes };
  for (let informational = 0; informational <= maxInformational; informational++) {
    const first = await readLine(inbound, budget);
    const [, minor, code] = statusLine.exec(first) ?? [];
    if (code === undefined) throw new Error('the answer does not begin as HTTP does');
    const status = Number(code);
    if (status === 101) throw new Error('the server switched to another protocol');
    const headers = await readHeaders(inbound, budget);
    const isOld = minor === '0';
    const isKept = isKeptAfter(headers, isOld);
    if (status < 200 && !isKept) throw new Error('the server closes the connection before it answers');
    if (status < 200) continue;
    const framing = framingOf(headers, { method, status, isOld });
    return {
      status,
      headers: Object.fromEntries(headers),
      framing,
      keepMs: isKept && framing.kind !== 'close' ? keepMsOf(headers) : 0,
    };
  }
  throw new Error('the server says that it is about to answer, without end');
}

/** RFC 9112 9.3. */
function isKeptAfter(headers: ReadonlyMap<string, string>, isOld: boolean): boolean {
  const options = (headers.get('connection') ?? '').toLowerCase().split(/[ \t]*,[ \t]*/);
  return !options.includes('close') && (!isOld || options.includes('keep-alive'));
}

function keepMsOf(headers: ReadonlyMap<string, string>): number {
  const [, seconds] = /(?:^|[,; ])timeout=(\d{1,9})/i.exec(headers.get('keep-alive') ?? '') ?? [];
  // A second less than the server says, so that it does not close it while a request is on its way.
  return seconds === undefined
    ? longestIdleMs
    : Math.max(0, Math.min(longestIdleMs, (Number(seconds) - 1) * 1000));
}
