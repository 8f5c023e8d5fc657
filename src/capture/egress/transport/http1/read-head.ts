import type { OutgoingRequest } from '../../../../kernel/index.ts';
import { type Framing, framingOf } from './framing.ts';
import type { Inbound } from './inbound.ts';
import { readLine } from './lines.ts';

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
const headerLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/;

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
    if (status < 200) continue;
    const isOld = minor === '0';
    const framing = framingOf(headers, { method, status, isOld });
    return {
      status,
      headers: Object.fromEntries(headers),
      framing,
      keepMs: framing.kind === 'close' ? 0 : keepMsOf(headers, isOld),
    };
  }
  throw new Error('the server says that it is about to answer, without end');
}

async function readHeaders(
  inbound: Inbound,
  budget: { leftBytes: number },
): Promise<ReadonlyMap<string, string>> {
  const headers = new Map<string, string>();
  for (;;) {
    const line = await readLine(inbound, budget);
    if (line === '') return headers;
    const [, given, value] = headerLine.exec(line) ?? [];
    if (given === undefined || value === undefined) throw new Error('a line of its head is no header');
    const name = given.toLowerCase();
    if (name === 'set-cookie') continue;
    const before = headers.get(name);
    const trimmed = value.replace(/[ \t]+$/, '');
    headers.set(name, before === undefined ? trimmed : `${before}, ${trimmed}`);
  }
}

function keepMsOf(headers: ReadonlyMap<string, string>, isOld: boolean): number {
  const options = (headers.get('connection') ?? '').toLowerCase().split(/[ \t]*,[ \t]*/);
  if (options.includes('close') || (isOld && !options.includes('keep-alive'))) return 0;
  const [, seconds] = /(?:^|[,; ])timeout=(\d{1,9})/i.exec(headers.get('keep-alive') ?? '') ?? [];
  // A second less than the server says, so that it does not close it while a request is on its way.
  return seconds === undefined
    ? longestIdleMs
    : Math.max(0, Math.min(longestIdleMs, (Number(seconds) - 1) * 1000));
}
