import { createRoute } from '@hono/zod-openapi';
import type { LayerRole } from '../../capture/index.ts';
import { answerBytes, attachment } from '../bytes.ts';
import { type HttpContext, newApp } from '../context.ts';
import type { HttpDeps } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { inertPolicy } from '../guard/headers.ts';
import { isPicture } from '../media-types.ts';
import { downloadQuery, formatParam, idParam } from '../schema/requests.ts';
import { createSnapshotOpener } from '../snapshot-opener.ts';
import { bytes, problems } from './answers.ts';

const as = createRoute({
  method: 'get',
  path: '/api/snapshots/{id}/as/{format}',
  summary: 'The bytes of a snapshot in one of its formats',
  description: 'html, wacz, file and pdf always come as an attachment, the others with download=1.',
  request: { params: formatParam, query: downloadQuery },
  responses: {
    200: bytes('The bytes', 'text/html', 'image/png', 'text/plain', 'application/wacz'),
    ...problems,
  },
});

const picture = (name: string, summary: string) =>
  createRoute({
    method: 'get',
    path: `/api/snapshots/{id}/${name}`,
    summary,
    request: { params: idParam },
    responses: { 200: bytes('A picture that never changes', 'image/*'), ...problems },
  });

const parts = {
  screenshot: picture('screenshot', 'The whole page as a picture'),
  thumbnail: picture('thumbnail', 'A small picture of the top of the page'),
  icon: picture('icon', 'The icon of the page'),
} satisfies Partial<Record<LayerRole, unknown>>;

/** These may be shown in a window of the application's origin; every other format is saved as a file. */
const shown: Readonly<Record<string, string | undefined>> = {
  text: 'text/plain; charset=utf-8',
  md: 'text/plain; charset=utf-8',
};

/** `private`, because a login may stand before it; the digest of the content is its tag. */
const forever = 'private, max-age=31536000, immutable';

/** Bytes of snapshots on the application's origin: whatever they are, nothing of them ever runs there. */
export function snapshotBytesRoutes(deps: Pick<HttpDeps, 'links' | 'snapshots'>) {
  const open = createSnapshotOpener(deps);
  const answerPart = async (c: HttpContext, id: string, role: keyof typeof parts) => {
    const { reader } = await open(id);
    const part = await reader.part(role);
    if (!part) throw httpErrors.noPart({ id, part: role });
    const headers: Record<string, string> = {
      'Content-Type': isPicture(part.mediaType) ? part.mediaType : 'application/octet-stream',
      // An SVG opened by itself is a document; the policy takes its scripts and its origin away.
      'Content-Security-Policy': `${inertPolicy}; style-src 'unsafe-inline'`,
      'Cache-Control': forever,
    };
    if (!isPicture(part.mediaType)) headers['Content-Disposition'] = attachment(role);
    return answerBytes(c, part, headers, `${role}-${reader.digest}`);
  };

  const app = newApp().openapi(as, async (c) => {
    const { id, format } = c.req.valid('param');
    const { reader } = await open(id);
    const rendition = await reader.as(format);
    const isPng = format === 'png' && isPicture(rendition.mediaType);
    const mediaType = shown[format] ?? rendition.mediaType;
    const asFile = c.req.valid('query').download === '1' || (shown[format] === undefined && !isPng);
    const headers: Record<string, string> = {
      'Content-Type': mediaType,
      'Content-Security-Policy': inertPolicy,
      'Cache-Control': 'private, no-cache',
    };
    if (asFile) headers['Content-Disposition'] = attachment(rendition.fileName);
    return answerBytes(c, rendition, headers);
  });
  for (const role of ['screenshot', 'thumbnail', 'icon'] as const)
    app.openapi(parts[role], (c) => answerPart(c, c.req.valid('param').id, role));
  return app;
}
