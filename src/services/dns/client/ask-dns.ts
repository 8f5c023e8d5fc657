import { randomInt } from 'node:crypto';
import { type Ask, askOverTcp, askOverUdp } from '../forward/ask-upstream.ts';
import { readResponse } from '../forward/read-response.ts';
import { classIn, rcodeName, types } from '../wire/codes.ts';
import { foldCase, textOf, wireOf } from '../wire/name.ts';
import type { Rdata } from '../wire/records.ts';
import { writeQuery } from '../wire/write-query.ts';

/** A question to one server, as a machine that has it in its resolv.conf asks. */
export interface DnsQuestion {
  readonly server: { readonly host: string; readonly port: number };
  /** A host name, without a final dot. */
  readonly name: string;
  readonly type: 'A' | 'PTR' | 'SRV' | 'SOA';
  readonly transport: 'udp' | 'tcp';
  /** How long each try may take; over UDP a second one follows the first. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * What a server said: its code and the data of the records, A as an address, PTR as a name, SRV as
 * `priority weight port target`; `cut` where the rest is to be had over TCP only; or that it did not answer.
 */
export type DnsReply =
  | { readonly kind: 'answer'; readonly rcode: string; readonly data: readonly string[] }
  | { readonly kind: 'cut' }
  | { readonly kind: 'silent'; readonly reason: 'timeout' | 'network' | 'flood' };

const mostData = 100;

/** Asks one server once; never rejects. What is no answer to the question is not believed (see `readResponse`). */
export async function askDns({ server, name, type, transport, ...rest }: DnsQuestion): Promise<DnsReply> {
  const wire = wireOf(name);
  if (wire === undefined) throw new TypeError('Not a host name');
  const id = randomInt(0x1_0000);
  const question = { name: wire, key: foldCase(wire), type: types[type], class: classIn };
  const ask: Ask<NonNullable<ReturnType<typeof readResponse>>> = {
    ...rest,
    upstream: { ...server, title: server.host },
    packet: writeQuery(id, question),
    read: (packet) => readResponse(packet, id, question),
  };
  const send = transport === 'udp' ? askOverUdp : askOverTcp;
  const first = await send(ask);
  const isLost = 'failed' in first && first.failed === 'timeout' && transport === 'udp';
  const outcome = isLost ? await send(ask) : first;
  if ('failed' in outcome) return { kind: 'silent', reason: outcome.failed };
  const { said } = outcome;
  if (said.kind === 'cut') return said;
  if (said.kind === 'failure') return { kind: 'answer', rcode: rcodeName(said.rcode), data: [] };
  const sets = said.answer.answer.filter((set) => set.type === types[type]);
  const data = sets.flatMap((set) => set.rdatas.slice(0, mostData).map((rdata) => dataText(type, rdata)));
  return { kind: 'answer', rcode: rcodeName(said.answer.rcode), data };
}

function dataText(type: DnsQuestion['type'], { head, names }: Rdata): string {
  const bytes = Buffer.from(head, 'latin1');
  switch (type) {
    case 'A':
      return [...bytes].join('.');
    case 'SRV':
      return `${[0, 2, 4].map((at) => bytes.readUInt16BE(at)).join(' ')} ${nameText(head.slice(6))}`;
    case 'PTR':
    case 'SOA':
      return nameText(names[0]!);
  }
}

const nameText = (wire: string): string => textOf(foldCase(wire));
