import type { Inbound } from './inbound.ts';
import { type LineBudget, readLine } from './lines.ts';

const headerLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/;

/**
 * Reads headers or trailers up to the empty line behind them (RFC 9112 5), names in lower case; rejects for a line that is none.
 * Lines of one name are joined (RFC 9110 5.3), but for cookies, which cannot be and are left out.
 */
export async function readHeaders(
  inbound: Inbound,
  budget: LineBudget,
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
