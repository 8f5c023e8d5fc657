import { bodyLimit } from 'hono/body-limit';
import { pickLanguage } from '../texts/index.ts';
import { newApp } from './context.ts';
import type { HttpDeps } from './deps.ts';
import { httpErrors } from './errors.ts';
import { createHub } from './events/hub.ts';
import { readAccess, requireAccess } from './guard/access.ts';
import { addSecurityHeaders, securityHeaders } from './guard/headers.ts';
import { createPeerReader } from './guard/peer.ts';
import { refuseCrossSite, refuseForeignHosts, requireJson } from './guard/requests.ts';
import { createMetrics } from './metrics.ts';
import { documentOf } from './openapi.ts';
import { answerProblem } from './problem.ts';
import { openCapabilities } from './replay/capability.ts';
import { bulkRoutes } from './routes/bulk.ts';
import { clusterRoutes } from './routes/clusters.ts';
import { contentsRoutes } from './routes/contents.ts';
import { eventRoutes } from './routes/events.ts';
import { jobRoutes } from './routes/jobs.ts';
import { linkRoutes } from './routes/links.ts';
import { registryRoutes } from './routes/registry.ts';
import { sessionRoutes } from './routes/session.ts';
import { snapshotBytesRoutes } from './routes/snapshot-bytes.ts';
import { snapshotRoutes } from './routes/snapshots.ts';
import { systemRoutes } from './routes/system.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { createViewsFor } from './views-for.ts';
import { createWebFiles } from './web-files/serve-web.ts';

/** The largest body that is read: a thousand links with long notes fit. */
const maxBodyBytes = 16 * 1024 * 1024;
/** Who has not logged in has a name and a password to say. */
const maxStrangersBodyBytes = 16 * 1024;

/** What anybody may ask: is it there, who am I, let me in. */
const publicRoutes: ReadonlySet<string> = new Set([
  'GET /api/health',
  'GET /api/openapi.json',
  'GET /api/session',
  'POST /api/session',
  'POST /api/setup',
]);

const limitBody = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw httpErrors.tooLarge({ limitBytes: maxSize });
    },
  });

/** Makes the application: the API, the live events, the measures and the web interface's files. */
export function createHttpApp(deps: HttpDeps) {
  const { config } = deps;
  const hub = createHub(deps);
  const metrics = createMetrics(deps, hub);
  const viewsFor = createViewsFor(config, openCapabilities(config.dataDir, deps.clock));
  const peerOf = createPeerReader(config.trustedProxies ?? []);
  const webFiles = createWebFiles(config);
  const limits = { known: limitBody(maxBodyBytes), stranger: limitBody(maxStrangersBodyBytes) };
  const app = newApp();

  app.onError((error, c) => {
    c.res = answerProblem(error, c, deps.logger);
    addSecurityHeaders(c);
    return c.res;
  });
  app.use(metrics.measure, securityHeaders(), async (c, next) => {
    c.set('peer', peerOf(c));
    c.set('language', pickLanguage(c.req.header('accept-language')));
    await next();
  });
  app.use(refuseForeignHosts(config));

  const guarded = ['/api/*', '/metrics'] as const;
  for (const path of guarded) {
    app.use(path, refuseCrossSite(config), requireJson(), readAccess(deps.auth, config));
    app.use(path, (c, next) =>
      publicRoutes.has(`${c.req.method === 'HEAD' ? 'GET' : c.req.method} ${c.req.path}`)
        ? next()
        : requireAccess()(c, next),
    );
    app.use(path, (c, next) => limits[c.get('access').by === 'nothing' ? 'stranger' : 'known'](c, next));
    app.use(path, async (c, next) => {
      await next();
      if (!c.res.headers.has('Vary')) c.header('Vary', 'Accept-Language');
    });
  }

  app.route('/', sessionRoutes(deps));
  app.route('/', tokenRoutes(deps));
  app.route('/', bulkRoutes(deps));
  app.route('/', linkRoutes(deps, viewsFor));
  app.route('/', snapshotRoutes(deps, viewsFor));
  app.route('/', contentsRoutes(deps));
  app.route('/', snapshotBytesRoutes(deps));
  app.route('/', registryRoutes(deps));
  app.route('/', clusterRoutes(deps));
  app.route('/', jobRoutes(deps, viewsFor));
  app.route('/', eventRoutes(deps, hub, viewsFor));
  app.route('/', systemRoutes(config, metrics));
  const document = documentOf(app, config.version);
  app.get('/api/openapi.json', (c) => c.json(document));

  const known = Object.keys(document.paths ?? {}).map(
    (path) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  );
  app.all('/api/*', (c) => {
    const path = c.req.path.slice(0, 200);
    throw known.some((pattern) => pattern.test(path))
      ? httpErrors.method({ path, method: c.req.method })
      : httpErrors.noRoute({ path });
  });
  app.get('*', webFiles);
  app.all('*', (c) => {
    throw httpErrors.noRoute({ path: c.req.path.slice(0, 200) });
  });

  return {
    fetch: app.fetch,
    request: app.request,
    /** Ends the live streams, so that the server can stop. */
    close: () => hub.close(),
  };
}
