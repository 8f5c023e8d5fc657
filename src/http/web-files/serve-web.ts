import { createHash } from 'node:crypto';
import { hasTag } from '../bytes.ts';
import type { HttpContext } from '../context.ts';
import type { HttpConfig } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { replayOriginFor } from '../origins.ts';
import { acceptedEncodings } from './encoding.ts';
import { findFile, segmentsOf, type WebFile } from './find-file.ts';
import { webMediaType } from './media-types.ts';
import { pagePolicy } from './page-policy.ts';

const notBuilt = `Holdfast runs, but its web interface has not been built.
Holdfast 已在运行，但网页界面尚未构建。

Build it once / 请先构建:  npx vite build src/web
The API answers / API 可用: /api/health, /api/openapi.json
`;

/** Answers with the files of the web interface; every address that is no file gets the page, which reads it itself. */
export function createWebFiles(config: HttpConfig) {
  const tags = new Map<string, { modifiedMs: number; etag: string }>();

  const etagOf = (key: string, { bytes, modifiedMs }: WebFile): string => {
    const known = tags.get(key);
    if (known?.modifiedMs === modifiedMs) return known.etag;
    const etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 27);
    tags.set(key, { modifiedMs, etag });
    return etag;
  };

  const send = async (c: HttpContext, root: string, segments: readonly string[]) => {
    const plain = await findFile(root, segments);
    if (!plain) return undefined;
    const name = segments.at(-1)!;
    const headers = new Headers({
      'Content-Type': webMediaType(name),
      Vary: 'Accept-Encoding',
      // Vite names what lies in assets/ by its content.
      'Cache-Control': segments[0] === 'assets' ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    if (name.endsWith('.html'))
      headers.set(
        'Content-Security-Policy',
        pagePolicy(new TextDecoder().decode(plain.bytes), replayOriginFor(c, config)),
      );
    let file = plain;
    let ending = '';
    for (const encoding of acceptedEncodings(c.req.header('accept-encoding'))) {
      const packed = await findFile(root, [...segments.slice(0, -1), name + encoding.ending]);
      // One that is older than the file was left over from another build.
      if (!packed || packed.modifiedMs < plain.modifiedMs) continue;
      file = packed;
      ending = encoding.ending;
      headers.set('Content-Encoding', encoding.name);
      break;
    }
    const etag = etagOf(segments.join('/') + ending, file);
    headers.set('ETag', `"${etag}"`);
    if (hasTag(c.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });
    headers.set('Content-Length', String(file.bytes.length));
    return new Response(c.req.method === 'HEAD' ? null : Buffer.from(file.bytes), { headers });
  };

  return async (c: HttpContext): Promise<Response> => {
    // The URL parser has resolved dot segments already; this path is as it came.
    const segments = segmentsOf(c.req.path);
    if (!segments) throw httpErrors.noRoute({ path: c.req.path.slice(0, 200) });
    const found = config.webDir === undefined ? undefined : await send(c, config.webDir, segments);
    if (found) return found;
    // A missing file must not come back as a page, or a browser would run that as its script.
    if (segments[0] === 'assets' || /\.(?:js|css|map|svg|png|ico|woff2?)$/.test(segments.at(-1) ?? ''))
      throw httpErrors.noRoute({ path: c.req.path.slice(0, 200) });
    const page = config.webDir === undefined ? undefined : await send(c, config.webDir, ['index.html']);
    return (
      page ??
      new Response(notBuilt, { status: 503, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
    );
  };
}
