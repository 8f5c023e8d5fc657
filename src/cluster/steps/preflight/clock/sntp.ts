import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';

/** Seconds from 1900, where NTP begins to count, to 1970. */
const ntpToUnixSeconds = 2_208_988_800;
const eraSeconds = 2 ** 32;
const packetBytes = 48;
const modeClient = 3;
const modeServer = 4;
const mostStrays = 20;
/** A server that says it is further than this from its source is not believed; seconds (RFC 5905, MAXDISP). */
const mostDistanceSeconds = 16;

/** What one time server said: by how much this clock is ahead of it and how long the way took, milliseconds; or why it says nothing. */
export type TimeSaid =
  | { readonly kind: 'time'; readonly offsetMs: number; readonly delayMs: number; readonly stratum: number }
  | { readonly kind: 'refused'; readonly code: string }
  | { readonly kind: 'unsynchronised' }
  | { readonly kind: 'silent'; readonly reason: string };

export interface TimeQuestion {
  readonly address: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Epoch milliseconds of this machine. */
  readonly now: () => number;
}

/**
 * Asks a time server once (SNTP, RFC 4330 section 5; RFC 5905 section 7.3); never rejects. What is no answer to this very
 * question is dropped: the transmit timestamp that is sent is chance, and the answer has to repeat it.
 */
export function askTime({ address, port, timeoutMs, signal, now }: TimeQuestion): Promise<TimeSaid> {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    const request = Buffer.alloc(packetBytes);
    request[0] = (4 << 3) | modeClient;
    const cookie = randomBytes(8);
    cookie.copy(request, 40);
    let strays = 0;
    let sentAt = 0;
    let isOver = false;
    const done = (said: TimeSaid) => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      socket.close();
      resolve(said);
    };
    const abort = () => done({ kind: 'silent', reason: 'timeout' });
    const timer = setTimeout(abort, timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    socket.on('error', ({ code = 'network' }: NodeJS.ErrnoException) =>
      done({ kind: 'silent', reason: code }),
    );
    socket.on('message', (packet) => {
      const receivedAt = now();
      const said = readTime(packet, cookie, sentAt, receivedAt);
      if (said) done(said);
      else if (++strays >= mostStrays) done({ kind: 'silent', reason: 'flood' });
    });
    // Without a callback of `connect` its failure, such as no route, comes as an error.
    socket.once('connect', () => {
      sentAt = now();
      socket.send(request);
    });
    socket.connect(port, address);
  });
}

/** Reads an answer; undefined for what is none to this question: too short, another mode or version, another origin. */
export function readTime(
  packet: Buffer,
  cookie: Buffer,
  sentAt: number,
  receivedAt: number,
): TimeSaid | undefined {
  if (packet.length < packetBytes) return undefined;
  const first = packet[0]!;
  const version = (first >> 3) & 7;
  if ((first & 7) !== modeServer || version < 3 || version > 4) return undefined;
  if (!packet.subarray(24, 32).equals(cookie)) return undefined;
  const stratum = packet[1]!;
  if (stratum === 0)
    return { kind: 'refused', code: packet.toString('latin1', 12, 16).replace(/[^A-Z]/g, '') };
  const transmitted = timestampMs(packet, 40, receivedAt);
  const received = timestampMs(packet, 32, receivedAt);
  const isAlarm = first >> 6 === 3;
  const distance = packet.readInt32BE(4) / 65_536 / 2 + packet.readUInt32BE(8) / 65_536;
  if (isAlarm || stratum > 15 || transmitted === undefined || received === undefined)
    return { kind: 'unsynchronised' };
  if (distance < 0 || distance > mostDistanceSeconds || transmitted < received)
    return { kind: 'unsynchronised' };
  return {
    kind: 'time',
    offsetMs: Math.round((sentAt - received + (receivedAt - transmitted)) / 2),
    delayMs: Math.max(0, Math.round(receivedAt - sentAt - (transmitted - received))),
    stratum,
  };
}

/** A timestamp as epoch milliseconds, in the era that lies nearest to now (RFC 4330 section 3); undefined where it is not set. */
function timestampMs(packet: Buffer, at: number, nowMs: number): number | undefined {
  const seconds = packet.readUInt32BE(at);
  const fraction = packet.readUInt32BE(at + 4);
  if (seconds === 0 && fraction === 0) return undefined;
  const own = nowMs / 1000 + ntpToUnixSeconds;
  const era = Math.round((own - seconds) / eraSeconds);
  return (seconds + era * eraSeconds - ntpToUnixSeconds + fraction / eraSeconds) * 1000;
}
