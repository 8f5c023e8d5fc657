import { types } from './codes.ts';
import type { Question } from './query.ts';

/** What we take over UDP from upstreams, bytes: more would come in fragments. */
const udpBytes = 1232;

/** A query with recursion desired, and with EDNS unless the other side does not know it. */
export function writeQuery(id: number, question: Question, withEdns = true): Buffer {
  const name = Buffer.from(question.key, 'latin1');
  const packet = Buffer.alloc(12 + name.length + 4 + 11);
  packet.writeUInt16BE(id, 0);
  packet[2] = 1;
  packet[5] = 1;
  name.copy(packet, 12);
  let at = packet.writeUInt16BE(question.type, 12 + name.length);
  at = packet.writeUInt16BE(question.class, at);
  if (!withEdns) return packet.subarray(0, at);
  packet[11] = 1;
  at = packet.writeUInt16BE(types.OPT, at + 1);
  packet.writeUInt16BE(udpBytes, at);
  return packet;
}
