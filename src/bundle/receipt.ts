import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { type Clock, type Digest, errorText, isDigest, systemClock } from '../kernel/index.ts';
import type { BlobStore } from '../store/index.ts';
import { bundleErrors } from './errors.ts';
import type { ReceiptMark, SizedBlob } from './format/bundle-index.ts';

const firstLine = 'holdfast-receipt 1';
const maxLineBytes = 400;
/** About ten million blobs. */
const maxTextBytes = 1024 * 1024 * 1024;

/**
 * What a store holds, as bytes: zstd over lines of text, first the format, the instance and the time, then `<digest> <size>`
 * for every blob, sorted.
 */
export async function* writeReceipt(
  store: BlobStore,
  { instance, clock = systemClock }: { instance: string; clock?: Clock },
): AsyncGenerator<Uint8Array> {
  const lines: string[] = [];
  for await (const { digest, sizeBytes } of store.list()) lines.push(`${digest} ${sizeBytes}\n`);
  lines.sort();
  const head = `${firstLine}\ninstance ${instance}\ntakenAt ${new Date(clock.now()).toISOString()}\n`;
  const text = Readable.from(batched([head, ...lines]));
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 9 } });
  const done = pipeline(text, compress);
  done.catch(() => {});
  yield* compress as AsyncIterable<Uint8Array>;
  await done;
}

/** Lines in pieces that are worth a step of the compressor. */
function* batched(lines: readonly string[]): Generator<string> {
  for (let at = 0; at < lines.length; at += 2_000) yield lines.slice(at, at + 2_000).join('');
}

/**
 * Reads a receipt and calls `holds` for every blob that it names; memory does not grow with its length. Throws
 * `bundle.badReceipt` or `bundle.unreadable`.
 */
export async function readReceipt(place: string, holds: (blob: SizedBlob) => void): Promise<ReceiptMark> {
  const bad = (fault: string, cause?: unknown) => bundleErrors.badReceipt({ place, fault }, { cause });
  const file = createReadStream(place);
  const text = createZstdDecompress({ maxOutputLength: maxTextBytes });
  let readFailed: unknown;
  file.on('error', (error) => {
    readFailed = error;
  });
  const feeding = pipeline(file, text);
  feeding.catch(() => {});
  const head: string[] = [];
  try {
    for await (const line of linesOf(text as AsyncIterable<Uint8Array>, bad)) {
      if (head.length < 3) {
        head.push(line);
        if (head.length === 1 && line !== firstLine) throw bad('it does not begin as a receipt does');
        continue;
      }
      const [digest, size] = line.split(' ');
      const sizeBytes = Number(size);
      if (!isDigest(digest) || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0)
        throw bad(`a line is "${line.slice(0, 100)}"`);
      holds({ digest: digest as Digest, sizeBytes });
    }
    await feeding;
  } catch (error) {
    file.destroy();
    if (readFailed) throw bundleErrors.unreadable({ place, detail: errorText(readFailed) }, { cause: error });
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('bundle.')) throw error;
    throw bad('it is not whole zstd data', error);
  }
  const instance = /^instance ([\w.-]{1,100})$/.exec(head[1] ?? '')?.[1];
  const takenAt = /^takenAt (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/.exec(head[2] ?? '')?.[1];
  if (instance === undefined || takenAt === undefined) throw bad('it names no instance or no time');
  return { instance, takenAt };
}

async function* linesOf(
  text: AsyncIterable<Uint8Array>,
  bad: (fault: string) => Error,
): AsyncGenerator<string> {
  let rest = '';
  let total = 0;
  for await (const chunk of text) {
    total += chunk.length;
    if (total > maxTextBytes) throw bad(`it is longer than ${maxTextBytes} bytes`);
    const lines = (rest + Buffer.from(chunk).toString('latin1')).split('\n');
    rest = lines.pop()!;
    if (rest.length > maxLineBytes) throw bad('a line is too long');
    yield* lines;
  }
  if (rest !== '') throw bad('its last line is cut off');
}
