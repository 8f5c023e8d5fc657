import { inflateRawSync, inflateSync } from 'node:zlib';

/** One packet of an OpenPGP message. */
export interface Packet {
  readonly tag: number;
  /** Without its header; the pieces of a packet of partial lengths are joined. */
  readonly body: Uint8Array;
}

/** Something in a message that is not as it has to be; the text names it. */
export class MessageFault extends Error {}

/** The most that a message may be once it is decompressed. */
const maxMessageBytes = 256 * 1024;
const compressedTag = 8;

/**
 * The packets of a message that lie within its one layer of compression, with the bytes that they lie in (RFC 9580, 4.2
 * and 5.6). Every byte belongs to a packet: what stands behind the last one, or behind the compressed data, is a fault.
 */
export function openMessage(message: Uint8Array): { packets: readonly Packet[]; bytes: Uint8Array } {
  if ((message[0] ?? 0x80) < 0x80)
    throw new MessageFault(
      Buffer.from(message.subarray(0, 10)).toString('latin1') === '-----BEGIN'
        ? 'it is armored or signed as clear text, where a binary signed message is expected'
        : 'it is no binary OpenPGP message',
    );
  const outer = readPackets(message);
  if (outer[0]?.tag !== compressedTag) return { packets: outer, bytes: message };
  if (outer.length > 1) throw new MessageFault('something stands behind the compressed message');
  const bytes = decompress(outer[0].body);
  return { packets: readPackets(bytes), bytes };
}

function decompress(body: Uint8Array): Uint8Array {
  const [algorithm] = body;
  const data = body.subarray(1);
  if (algorithm === 0) return data;
  const inflate = algorithm === 1 ? inflateRawSync : algorithm === 2 ? inflateSync : undefined;
  if (!inflate) throw new MessageFault(`its compression ${algorithm} is not known here`);
  try {
    const { buffer, engine } = inflate(data, { maxOutputLength: maxMessageBytes, info: true }) as unknown as {
      buffer: Uint8Array;
      engine: { bytesWritten: number };
    };
    if (engine.bytesWritten !== data.length)
      throw new MessageFault('something stands behind the compressed message');
    return buffer;
  } catch (cause) {
    if (cause instanceof MessageFault) throw cause;
    throw new MessageFault('it cannot be decompressed, or is too large', { cause });
  }
}

function readPackets(bytes: Uint8Array): Packet[] {
  const packets: Packet[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at]!;
    if (first < 0x80) throw new MessageFault(`no packet begins at byte ${at}`);
    const isNew = (first & 0x40) !== 0;
    const tag = isNew ? first & 0x3f : (first >> 2) & 0x0f;
    const { body, end } = isNew ? newBody(bytes, at + 1) : oldBody(bytes, at + 1, first & 3);
    packets.push({ tag, body });
    at = end;
  }
  return packets;
}

interface Body {
  readonly body: Uint8Array;
  readonly end: number;
}

function oldBody(bytes: Uint8Array, at: number, lengthType: number): Body {
  if (lengthType === 3) return { body: bytes.subarray(at), end: bytes.length };
  const width = 1 << lengthType;
  return cut(bytes, at + width, number(bytes, at, width));
}

function newBody(bytes: Uint8Array, start: number): Body {
  const pieces: Uint8Array[] = [];
  for (let at = start; ; ) {
    const first = number(bytes, at, 1);
    if (first >= 224 && first < 255) {
      const piece = cut(bytes, at + 1, 2 ** (first & 0x1f));
      pieces.push(piece.body);
      at = piece.end;
      continue;
    }
    const last =
      first < 192
        ? cut(bytes, at + 1, first)
        : first < 224
          ? cut(bytes, at + 2, ((first - 192) << 8) + number(bytes, at + 1, 1) + 192)
          : cut(bytes, at + 5, number(bytes, at + 1, 4));
    return { body: Buffer.concat([...pieces, last.body]), end: last.end };
  }
}

function number(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (const byte of cut(bytes, at, width).body) value = value * 256 + byte;
  return value;
}

function cut(bytes: Uint8Array, start: number, sizeBytes: number): Body {
  const end = start + sizeBytes;
  if (end > bytes.length) throw new MessageFault('it ends in the middle of a packet');
  return { body: bytes.subarray(start, end), end };
}
