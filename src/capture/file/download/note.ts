import { z } from 'zod';
import type { FileIdentity } from '../http/identity.ts';
import { bytesIn, type Interval, withInterval } from './intervals.ts';

/** What the server said of the file when it was first asked. */
export interface FileAnswer {
  /** Where the redirects led. */
  readonly url: string;
  /** Those of the headers that are of use later, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What is noted of a file that is on its way, for whoever goes on with it. */
export interface DownloadNote {
  readonly url: string;
  readonly identity: FileIdentity;
  readonly answer: FileAnswer;
  /** The ranges that are there. */
  readonly done: readonly Interval[];
  /** How often it was gone on with after a break. */
  readonly resumed: number;
}

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const schema = z.object({
  version: z.literal(1),
  url: z.string(),
  identity: z.object({
    etag: z.string().exactOptional(),
    lastModified: z.string().exactOptional(),
    total: count,
  }),
  answer: z.object({ url: z.url(), headers: z.record(z.string(), z.string()) }),
  done: z.array(z.tuple([count, count])),
  resumed: count,
});

export function encodeNote({ url, identity, answer, done, resumed }: DownloadNote): string {
  return JSON.stringify({ version: 1, url, identity, answer, done, resumed });
}

/** Reads a note that is for this file and fits the bytes that lie there; undefined where they are of no use. */
export function readNote(text: string | undefined, url: string, sizeBytes: number): DownloadNote | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
  const { success, data } = schema.safeParse(value);
  if (!success || data.url !== url) return undefined;
  const done = data.done.reduce<readonly Interval[]>(withInterval, []);
  const end = done.at(-1)?.[1] ?? 0;
  if (end > data.identity.total || end > sizeBytes || bytesIn(done) === 0) return undefined;
  return { ...data, done };
}
