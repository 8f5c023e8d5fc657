import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Download } from '../../../plan/index.ts';
import { findText } from '../../private-file.ts';
import { findings } from '../findings.ts';
import type { Scene, Verdict } from '../types.ts';
import { failed, passed, skipped } from '../verdict.ts';

const mostSumsBytes = 1024 * 1024;
const readBytes = 1024 * 1024;

/** The image against the sums that Red Hat publishes beside it: `<image>.sha256` or `sha256sum.txt` in its folder. */
export async function digestVerdict(
  { imagesFolder }: Scene,
  { path }: Download,
  signal: AbortSignal,
): Promise<Verdict> {
  const file = join(imagesFolder, path);
  const places = [`${file}.sha256`, join(dirname(file), 'sha256sum.txt')];
  for (const place of places) {
    const text = await findText(place, mostSumsBytes);
    const wanted = text === undefined ? undefined : sumFor(text, basename(path));
    if (wanted === undefined) continue;
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(file, { highWaterMark: readBytes }), hash, { signal });
    } catch (error) {
      signal.throwIfAborted();
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return skipped(findings.digestNoFile({ file }));
    }
    const got = hash.digest('hex');
    return got === wanted
      ? passed(findings.digestRight({ digest: got.slice(0, 16), place }))
      : failed(findings.digestWrong({ file, got, wanted, place }));
  }
  return skipped(findings.digestUnknown({ file: places[0]! }));
}

/** The sum of a file by its line (`<64 hex>  name`, `*` for binary); of a file with one sum alone, that one. */
export function sumFor(text: string, name: string): string | undefined {
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const [, sum, whose = ''] = /^([0-9a-fA-F]{64})(?:\s+\*?(.+))?$/.exec(line.trim()) ?? [];
    return sum === undefined ? [] : [{ sum: sum.toLowerCase(), whose: basename(whose) }];
  });
  const named = lines.find(({ whose }) => whose === name);
  return named?.sum ?? (lines.length === 1 && lines[0]!.whose === '' ? lines[0]!.sum : undefined);
}
