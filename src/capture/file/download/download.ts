import { captureErrors } from '../../errors.ts';
import { RangesBroken, SourceChanged } from './faults.ts';
import { fetchParts } from './fetch-parts.ts';
import type { FileAnswer } from './note.ts';
import { pour } from './pour.ts';
import type { Opened } from './source.ts';
import { createState, type DownloadOptions, type DownloadState } from './state.ts';

/** So often a file is begun anew since it changed at its server. */
const maxChanges = 3;
/** Headers that are of use when all bytes are there. */
const keptHeaders = [
  'content-type',
  'content-disposition',
  'repr-digest',
  'content-digest',
  'digest',
  'last-modified',
  'etag',
];

/** How a file came in. */
export interface Downloaded {
  readonly answer: FileAnswer;
  /** How often it was gone on with after a break, and begun anew since another file lay at its address. */
  readonly resumed: number;
  readonly changed: number;
}

/**
 * Brings a whole file into the blob on its way in, going on where an earlier try ended; undefined where it was not accepted.
 * What came is noted at the end, also where it throws: `capture.fileBroken` after too many tries in a row that brought
 * nothing, `capture.fileChanging`, `NotTheFile`, and what the transport and the store throw.
 */
export async function download(options: DownloadOptions): Promise<Downloaded | undefined> {
  const state = createState(options);
  const { journal } = state;
  let changed = 0;
  let ranges = true;
  let whole = false;
  try {
    for (;;) {
      try {
        const answer = await attempt(state, ranges);
        whole = true;
        return answer && { answer, resumed: journal.resumed, changed };
      } catch (error) {
        if (error instanceof SourceChanged) {
          changed += 1;
          if (changed > maxChanges) throw captureErrors.fileChanging({ url: options.url }, { cause: error });
          await journal.begin();
        } else if (error instanceof RangesBroken) {
          ranges = false;
          await journal.begin();
        } else await state.recover(error);
      }
    }
  } finally {
    await (whole ? journal.rest() : journal.note());
  }
}

/** One go at the file; gives what the server said of it. */
async function attempt(state: DownloadState, ranges: boolean): Promise<FileAnswer | undefined> {
  const { source, journal, partial } = state;
  const known = journal.source;
  if (known) {
    await partial.reserve(known.identity.total);
    await fetchParts(state, known.identity);
    return known.answer;
  }
  const opened = ranges ? await source.open(state.partSizes.least) : await source.openWhole();
  try {
    if (!state.accept(opened)) return undefined;
    const answer = answerOf(opened);
    const { identity, range, total } = opened;
    await journal.begin(identity && range && { identity, answer });
    if (total !== undefined) await partial.reserve(total);
    if (identity && range) await fetchParts(state, identity, { range, body: opened.answer.body });
    else await bringWhole(state, opened);
    return answer;
  } finally {
    opened.answer.discard();
  }
}

/** Brings a file that cannot be gone on with: after a break it is begun anew. */
async function bringWhole(state: DownloadState, { answer, total }: Opened): Promise<void> {
  const { partial, journal, meter } = state;
  meter.begin(0, total);
  await pour(answer.body, partial, [0, total ?? Number.POSITIVE_INFINITY], {
    written: (interval) => journal.add(interval),
    moved(bytes) {
      meter.moved(bytes);
      state.moved();
    },
  });
}

function answerOf({ url, answer, identity }: Opened): FileAnswer {
  const headers: Record<string, string> = {};
  for (const name of keptHeaders) {
    const value = answer.headers[name];
    // Of a range, Content-Digest is the digest of that range (RFC 9530 2).
    if (value !== undefined && !(identity && name === 'content-digest')) headers[name] = value;
  }
  return { url: url.href, headers };
}
