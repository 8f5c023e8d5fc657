import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

/** Bytes that other threads see without a copy. */
export type SharedBytes = Uint8Array<SharedArrayBuffer>;

/** Memory that `sha256` can hash and files can be read into. */
export const sharedBytes = (sizeBytes: number): SharedBytes =>
  new Uint8Array(new SharedArrayBuffer(sizeBytes));

/** Two hash more than 2 GB a second, and each takes some memory. */
const mostWorkers = 2;

/** What a thread is asked. */
interface HashRequest {
  readonly memory: SharedArrayBuffer;
  readonly start: number;
  readonly sizeBytes: number;
}

/** What a thread runs: plain JavaScript in place of a file, since to strip types each thread would load a compiler of 20 MB. */
const program = `
  const { parentPort } = require('node:worker_threads');
  const { createHash } = require('node:crypto');
  parentPort.on('message', ({ memory, start, sizeBytes }) =>
    parentPort.postMessage(createHash('sha256').update(new Uint8Array(memory, start, sizeBytes)).digest('hex')));
`;

interface Hasher {
  readonly worker: Worker;
  /** Whoever waits for an answer; answers come in the order of the requests. */
  readonly waiting: { resolve(hash: string): void; reject(error: unknown): void }[];
}

const hashers: Hasher[] = [];

/** The sha256 of bytes in hexadecimal, made in another thread; the bytes must stay as they are until it resolves. */
export function sha256(bytes: SharedBytes): Promise<string> {
  const hasher = idlest();
  return new Promise((resolve, reject) => {
    // A thread that works keeps the process alive, one that idles does not.
    if (hasher.waiting.push({ resolve, reject }) === 1) hasher.worker.ref();
    const request: HashRequest = { memory: bytes.buffer, start: bytes.byteOffset, sizeBytes: bytes.length };
    hasher.worker.postMessage(request);
  });
}

/** The one with the fewest requests; a further one is started while all have some. */
function idlest(): Hasher {
  const [least] = hashers.toSorted((a, b) => a.waiting.length - b.waiting.length);
  if (
    least &&
    (least.waiting.length === 0 || hashers.length >= Math.min(mostWorkers, availableParallelism()))
  )
    return least;
  const hasher = startHasher();
  hashers.push(hasher);
  return hasher;
}

function startHasher(): Hasher {
  const worker = new Worker(program, {
    eval: true,
    resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 },
  });
  const waiting: Hasher['waiting'] = [];
  const hasher = { worker, waiting };
  worker.on('message', (hash: string) => {
    waiting.shift()!.resolve(hash);
    if (waiting.length === 0) worker.unref();
  });
  worker.on('error', (error) => {
    hashers.splice(hashers.indexOf(hasher), 1);
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  worker.unref();
  return hasher;
}
