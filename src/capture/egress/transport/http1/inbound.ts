import type { OnReadOpts, Socket } from 'node:net';
import type { StallWatch } from '../stall.ts';

/** The unit of memory that the system reads into, and the most that is handed on in one piece. */
export const slabBytes = 512 * 1024;
/** Nothing more is read from the peer while so much waits to be taken. */
const mostQueuedBytes = 2 * slabBytes;
/** A slab with less room than this is read into no more. */
const leastRoomBytes = 64 * 1024;
/** How long the first bytes may wait for more to come with them; milliseconds. */
const gatherMs = 40;
const mostSpares = 16;

/** Memory that is read into; whoever is done with it gives it back, so that gigabytes leave nothing to collect. */
interface Slab {
  readonly bytes: Buffer;
  /** Pieces that were not consumed yet. */
  pieces: number;
  filled: number;
}

interface Piece {
  readonly slab: Slab;
  from: number;
  to: number;
}

const spares: Slab[] = [];
const takeSlab = (): Slab =>
  spares.pop() ?? { bytes: Buffer.allocUnsafeSlow(slabBytes), pieces: 0, filled: 0 };

/** What arrives on a connection, read by the system straight into memory that is used again; nothing is copied. */
export class Inbound {
  /** For whoever makes the socket. */
  readonly onread: OnReadOpts = {
    buffer: () => this.#nextPlace(),
    callback: (count, place) => this.#receive(count, place),
  };
  /** How much ever came. */
  receivedBytes = 0;
  /** Told when something is waited for, and of what arrives. */
  stall: StallWatch | undefined;
  /** Called for whatever happens while nobody waits for anything. */
  onSurprise: (() => void) | undefined;
  readonly #queue: Piece[] = [];
  #queuedBytes = 0;
  #current = takeSlab();
  /** Where the system reads into. */
  #target = this.#current;
  #socket: Socket | undefined;
  #paused = false;
  #end: { readonly error?: unknown } | undefined;
  #waiting: (() => void) | undefined;

  attach(socket: Socket): void {
    this.#socket = socket;
    socket.once('end', () => this.#finish({}));
    socket.once('error', (error) => this.#finish({ error }));
    socket.once('close', () => {
      this.#finish({ error: closedEarly() });
      this.#giveBackSlabs();
    });
    socket.resume();
  }

  /** True where nothing lies here and more may come. */
  get isQuiet(): boolean {
    return this.#queue.length === 0 && !this.#end;
  }

  /**
   * The next bytes, which stay until they are consumed; at least `wantedBytes` of them where they come soon. Undefined at the end; rejects with
   * what broke the connection, once everything that came before was consumed.
   */
  async arrived(wantedBytes = 1): Promise<Uint8Array | undefined> {
    if (this.#queuedBytes < wantedBytes && this.#queue.length < 2 && !this.#end)
      await this.#more(wantedBytes);
    const piece = this.#queue[0];
    if (piece) return piece.slab.bytes.subarray(piece.from, piece.to);
    if (this.#end && 'error' in this.#end) throw this.#end.error;
    return undefined;
  }

  /** Lets go of the first bytes that arrived. */
  consume(count: number): void {
    const piece = this.#queue[0]!;
    piece.from += count;
    this.#queuedBytes -= count;
    if (piece.from === piece.to) {
      this.#queue.shift();
      this.#release(piece.slab);
    }
    if (!this.#paused || this.#queuedBytes >= mostQueuedBytes) return;
    this.#paused = false;
    this.#socket?.resume();
  }

  #nextPlace(): Buffer {
    const before = this.#target;
    if (this.#current.pieces === 0) this.#current.filled = 0;
    else if (slabBytes - this.#current.filled < leastRoomBytes) this.#current = takeSlab();
    this.#target = this.#current;
    if (before !== this.#target && before.pieces === 0) giveBack(before);
    return this.#target.bytes.subarray(this.#target.filled);
  }

  #receive(count: number, place: Uint8Array): boolean {
    const slab = this.#target;
    const from = place.byteOffset - slab.bytes.byteOffset;
    const last = this.#queue.at(-1);
    if (last?.slab === slab && last.to === from) last.to += count;
    else {
      this.#queue.push({ slab, from, to: from + count });
      slab.pieces += 1;
    }
    slab.filled = from + count;
    this.#queuedBytes += count;
    this.receivedBytes += count;
    this.stall?.came(count);
    this.#wake();
    this.#paused = this.#queuedBytes >= mostQueuedBytes;
    return !this.#paused;
  }

  #finish(end: { error?: unknown }): void {
    this.#end ??= end;
    this.#wake();
  }

  #wake(): void {
    if (this.#waiting) this.#waiting();
    else this.onSurprise?.();
  }

  async #more(wantedBytes: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    this.stall?.goOn();
    await new Promise<void>((resolve) => {
      const gather = () => {
        timer ??= setTimeout(resolve, gatherMs);
      };
      if (this.#queuedBytes > 0) gather();
      this.#waiting = () => {
        // A slab that is full is handed on as it is.
        if (this.#queuedBytes >= wantedBytes || this.#queue.length > 1 || this.#end) resolve();
        else gather();
      };
    });
    this.#waiting = undefined;
    clearTimeout(timer);
    this.stall?.pause();
  }

  #release(slab: Slab): void {
    slab.pieces -= 1;
    if (slab.pieces === 0 && slab !== this.#target && slab !== this.#current) giveBack(slab);
  }

  #giveBackSlabs(): void {
    // What is still queued keeps its slab until it is consumed.
    const [current, target] = [this.#current, this.#target];
    const none: Slab = { bytes: Buffer.alloc(0), pieces: 0, filled: 0 };
    this.#current = none;
    this.#target = none;
    for (const slab of new Set([current, target])) if (slab.pieces === 0) giveBack(slab);
  }
}

/** The end of a connection of which more was expected, with the code that Node gives one that the peer reset. */
export function closedEarly(): Error {
  return Object.assign(new Error('the connection was closed'), { code: 'ECONNRESET' });
}

function giveBack(slab: Slab): void {
  slab.filled = 0;
  if (spares.length < mostSpares) spares.push(slab);
}
