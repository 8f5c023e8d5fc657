import { createHash } from 'node:crypto';
import { tarEnd, tarHeader, tarPadding } from '../../images/index.ts';
import { splitDigest } from '../../kernel/index.ts';
import type { SizedBlob } from './bundle-index.ts';

/** One run of bytes of the tar: a blob of the store, or bytes that are made when they are needed. */
export interface Run {
  readonly start: number;
  readonly sizeBytes: number;
  readonly source: SizedBlob | (() => Uint8Array);
}

/** A tar of which every byte has its place before the first one is written. */
export interface TarPlan {
  readonly sizeBytes: number;
  readonly runs: readonly Run[];
  /** Where each blob's bytes begin, in the order given. */
  readonly starts: readonly number[];
  /** Equal for equal tars. */
  readonly id: string;
}

const layoutText = JSON.stringify({ imageLayoutVersion: '1.0.0' });

/** Lays an OCI image layout (image-spec `image-layout.md`) out as a tar: `oci-layout`, `index.json`, then the blobs. */
export function planTar(layoutIndex: string, blobs: readonly SizedBlob[]): TarPlan {
  const runs: Run[] = [];
  const starts: number[] = [];
  let at = 0;
  const add = (source: Run['source'], sizeBytes: number) => {
    if (sizeBytes > 0) runs.push({ start: at, sizeBytes, source });
    at += sizeBytes;
  };
  const id = createHash('sha256');
  for (const [path, text] of [
    ['oci-layout', layoutText],
    ['index.json', layoutIndex],
  ] as const) {
    const body = Buffer.from(text);
    const bytes = Buffer.concat([tarHeader({ path, sizeBytes: body.length }), body, tarPadding(body.length)]);
    add(() => bytes, bytes.length);
    id.update(body);
  }
  for (const { digest, sizeBytes } of blobs) {
    const { algorithm, hex } = splitDigest(digest);
    const header = () => tarHeader({ path: `blobs/${algorithm}/${hex}`, sizeBytes });
    add(header, header().length);
    starts.push(at);
    add({ digest, sizeBytes }, sizeBytes);
    add(() => tarPadding(sizeBytes), tarPadding(sizeBytes).length);
    id.update(`${digest} ${sizeBytes}\n`);
  }
  add(() => tarEnd, tarEnd.length);
  return { sizeBytes: at, runs, starts, id: id.digest('hex') };
}

/** The runs that touch a range of the tar, in order. */
export function runsWithin(plan: Pick<TarPlan, 'runs'>, start: number, end: number): readonly Run[] {
  return plan.runs.filter((run) => run.start < end && run.start + run.sizeBytes > start);
}
