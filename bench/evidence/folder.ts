import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Reply } from './site.ts';

const types: Readonly<Record<string, string>> = {
  // No charset: old documentation says it in a meta element, in many encodings.
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg',
  '.svg': 'image/svg+xml',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
};

/** A file of a folder as a web server gives it: index pages, packed documents unpacked; undefined where there is none. */
export async function replyFromFolder(folder: string, path: string): Promise<Reply | undefined> {
  const inside = normalize(`/${path}`);
  const file = join(folder, inside);
  const info = await stat(file).catch(() => undefined);
  if (info?.isDirectory()) {
    if (!path.endsWith('/')) return { status: 301, headers: { location: `${path}/` }, body: '' };
    return replyFromFolder(folder, join(inside, 'index.html'));
  }
  const type = types[extname(file)] ?? 'application/octet-stream';
  if (info) return { type, body: await readFile(file) };
  const packed = await readFile(`${file}.gz`).catch(() => undefined);
  return packed && { type, body: gunzipSync(packed) };
}

/** So many pages of a folder, evenly spread over its sorted list; the same at every run. */
export async function choosePages(
  folder: string,
  count: number,
  fits: RegExp = /\.html(\.gz)?$/,
): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  const pages = names
    .filter((name) => fits.test(name))
    .map((name) => name.replace(/\.gz$/, ''))
    .sort();
  const chosen = Array.from(
    { length: Math.min(count, pages.length) },
    (_, i) => pages[Math.floor((i * pages.length) / Math.min(count, pages.length))]!,
  );
  return [...new Set(chosen)];
}
