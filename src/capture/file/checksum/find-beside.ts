import type { HttpTransport } from '../../../kernel/index.ts';
import { collect } from '../../../store/index.ts';
import { readLength } from '../http/content-range.ts';
import { follow } from '../http/follow.ts';
import type { Checksum } from './checksum.ts';
import { digestInList } from './parse-list.ts';

const maxBytes = 1024 * 1024;
const stallMs = 10_000;
const inAllMs = 30_000;
/** Lists of a whole folder. */
const lists = ['sha256sum.txt', 'SHA256SUMS', 'sha256sums.txt'];
/** Endings of a list for one file. */
const endings = ['.sha256', '.sha256sum'];

/** The name by which lists know a file: the last part of its path; undefined where the path names none. */
function nameIn(url: URL): string | undefined {
  try {
    return decodeURIComponent(url.pathname.split('/').at(-1) ?? '') || undefined;
  } catch {
    return undefined;
  }
}

/** Looks for the checksum of a file in lists beside it; undefined where there is none that can be read and speaks of it. */
export async function findBeside(
  transport: HttpTransport,
  address: string,
  signal: AbortSignal,
): Promise<Checksum | undefined> {
  const url = new URL(address);
  const name = nameIn(url);
  if (name === undefined) return undefined;
  const places = [
    ...endings.map((ending) => ({ path: url.pathname + ending, alone: true })),
    ...lists.map((list) => ({ path: url.pathname.replace(/[^/]*$/, list), alone: false })),
  ];
  const late = AbortSignal.any([signal, AbortSignal.timeout(inAllMs)]);
  const looks = places.map(async ({ path, alone }): Promise<Checksum | undefined> => {
    const at = new URL(path, url);
    const text = await read(transport, at, late).catch(() => undefined);
    const digest = text === undefined ? undefined : digestInList(text, name, { alone });
    return digest && { digest, source: at.href };
  });
  return (await Promise.all(looks)).find((found) => found !== undefined);
}

async function read(transport: HttpTransport, at: URL, signal: AbortSignal): Promise<string | undefined> {
  const headers = { accept: 'text/plain, */*;q=0.5', 'accept-encoding': 'identity' };
  const { answer } = await follow(transport, at.href, { headers, signal, stallMs });
  if (answer.status !== 200 || (readLength(answer.headers['content-length']) ?? 0) > maxBytes) {
    answer.discard();
    return undefined;
  }
  return Buffer.from(await collect(answer.body, maxBytes)).toString('utf8');
}
