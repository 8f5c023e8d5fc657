import { closedEarly, type Inbound } from './inbound.ts';

/** How much a head or the trailers may take in all; each line that is read takes from it. */
export interface LineBudget {
  leftBytes: number;
}

/** Reads a line that ends with CRLF (RFC 9112 2.2), without its end; rejects for anything else, and beyond the budget. */
export async function readLine(inbound: Inbound, budget: LineBudget): Promise<string> {
  let text = '';
  for (;;) {
    const bytes = await inbound.arrived();
    if (!bytes) throw closedEarly();
    const end = bytes.indexOf(10);
    const count = end < 0 ? bytes.length : end + 1;
    budget.leftBytes -= count;
    if (budget.leftBytes < 0) throw new Error('its head is larger than it may be');
    text += Buffer.from(bytes.buffer, bytes.byteOffset, count).toString('latin1');
    inbound.consume(count);
    if (end < 0) continue;
    const line = text.slice(0, -2);
    if (!text.endsWith('\r\n') || line.includes('\r')) throw new Error('a line does not end as it must');
    return line;
  }
}
