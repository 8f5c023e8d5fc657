import { Hono } from 'hono';
import { isDigest } from '../../kernel/index.ts';
import { pickLanguage } from '../../texts/index.ts';
import { answerBytes } from '../bytes.ts';
import type { Env, HttpContext } from '../context.ts';
import type { ReplayDeps } from '../deps.ts';
import { httpErrors } from '../errors.ts';
import { hostOf, isOwnHost } from '../guard/host.ts';
import { createPeerReader } from '../guard/peer.ts';
import { replayOriginFor, uiOriginsFor } from '../origins.ts';
import { answerProblem } from '../problem.ts';
import { createSnapshotOpener } from '../snapshot-opener.ts';
import { openCapabilities } from './capability.ts';
import { replayPolicy } from './policy.ts';
import { servedOf } from './served.ts';

/** What an answer that is no part of a snapshot may do. */
const closedPolicy = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'";

/**
 * On every answer. Not among them: Cross-Origin-Opener-Policy, since a browser refuses to show a sandboxed document
 * that has one.
 */
const always: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-DNS-Prefetch-Control': 'off',
  'X-Robots-Tag': 'noindex, noarchive',
  // The document's origin is one that nothing belongs to, so even its own pictures come from elsewhere.
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Permissions-Policy':
    'autoplay=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()',
};

/** Makes the replay's application: one snapshot's document and its resources for each valid address, nothing else. */
export function createReplayApp(deps: ReplayDeps) {
  const { config } = deps;
  const open = createSnapshotOpener(deps);
  const capabilities = openCapabilities(config.dataDir, deps.clock);
  const peerOf = createPeerReader(config.trustedProxies ?? []);
  const app = new Hono<Env>();

  app.onError((error, c) => {
    const problem = answerProblem(error, c, deps.logger);
    problem.headers.set('Content-Security-Policy', closedPolicy);
    return problem;
  });
  app.use(async (c, next) => {
    c.set('peer', peerOf(c));
    c.set('language', pickLanguage(c.req.header('accept-language')));
    await next();
    for (const [name, value] of Object.entries(always)) c.header(name, value);
    if (c.get('peer').isHttps) c.header('Strict-Transport-Security', 'max-age=31536000');
  });
  app.use(async (c, next) => {
    if (!isOwnHost(hostOf(c), config, config.replayOrigin))
      throw httpErrors.host({ host: hostOf(c).slice(0, 200) });
    await next();
  });

  /** One message for all that is wrong with an address, so that nobody learns which snapshots there are. */
  const nothing = (c: HttpContext) =>
    httpErrors.noRoute({ path: c.req.path.replace(/^\/[^/]*/, '/…').slice(0, 200) });

  const answer = async (c: HttpContext, token: string, id: string, name: string): Promise<Response> => {
    if (!capabilities.allows(token, id)) throw nothing(c);
    const { snapshot, reader } = await open(id);
    const isDocument = name === '';
    const digest = name.replace(/^sha256-/, 'sha256:');
    if (!isDocument && (digest === name || !isDigest(digest))) throw nothing(c);
    const found = isDocument
      ? await reader.part('html')
      : isDigest(digest) && (await reader.resource(digest));
    if (!found) throw isDocument ? httpErrors.noPart({ id, part: 'html' }) : nothing(c);
    const served = await servedOf(found, isDocument ? 'text/html' : found.mediaType);
    const folder = `${replayOriginFor(c, config)}/${token}/${encodeURIComponent(id)}/`;
    const headers: Record<string, string> = {
      ...served.headers,
      'Content-Security-Policy': replayPolicy(folder, isDocument ? uiOriginsFor(c, config) : null),
      'Memento-Datetime': new Date(snapshot.takenAt).toUTCString(),
      'Cache-Control': 'private, max-age=31536000, immutable',
    };
    return answerBytes(c, served, headers, isDocument ? `document-${reader.digest}` : digest);
  };

  app.get('/:token/:id/', (c) => answer(c, c.req.param('token'), c.req.param('id'), ''));
  app.get('/:token/:id/:name', (c) =>
    answer(c, c.req.param('token'), c.req.param('id'), c.req.param('name')),
  );
  app.all('*', (c) => {
    throw nothing(c);
  });
  return { fetch: app.fetch, request: app.request };
}
