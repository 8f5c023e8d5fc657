import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { stringify } from 'yaml';
import { issueServer, makeAuthority } from '../../../src/registry/tls/x509.ts';

/** An object of Kubernetes as the stub keeps it. */
export interface StubObject {
  metadata: { name: string; namespace?: string; resourceVersion?: string; creationTimestamp?: string };
  [field: string]: unknown;
}

/** A Kubernetes API that answers from memory, and of which a test says what is there. */
export interface KubeStub {
  readonly port: number;
  /** A kubeconfig that reaches it at `host`. */
  kubeconfig(host?: string): string;
  /** False ends every connection, as a balancer without backends does. */
  isUp: boolean;
  /** Puts an object; its path is that of its collection and its name. */
  set(collection: string, object: StubObject): void;
  get(path: string): StubObject | undefined;
  remove(path: string): void;
  /** Looks at each request first, and may answer it itself (true). */
  before: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** What was asked for, as `GET /path`. */
  readonly asked: string[];
  /** Called after an object was changed by a client. */
  onPut: ((path: string, object: StubObject) => void) | undefined;
  stop(): Promise<void>;
}

export const stubToken = 'stub-token-of-the-administrator';
const json = { 'content-type': 'application/json' };

/** Starts the stub on loopback, with an authority of its own. */
export async function startKubeStub(): Promise<KubeStub> {
  const now = Date.now();
  const authority = await makeAuthority(now, 2);
  const hosts = [
    { type: 'dns', value: 'api.openshift4.example.com' },
    { type: 'ip', value: '127.0.0.1' },
  ] as const;
  const identity = await issueServer(authority, hosts, now, 1);
  const objects = new Map<string, StubObject>();
  const watchers = new Set<{ collection: string; response: ServerResponse }>();
  let version = 0;

  const set: KubeStub['set'] = (collection, object) => {
    const path = `${collection}/${object.metadata.name}`;
    const type = objects.has(path) ? 'MODIFIED' : 'ADDED';
    const stored = { ...object, metadata: { ...object.metadata, resourceVersion: String(++version) } };
    objects.set(path, stored);
    for (const watcher of watchers)
      if (watcher.collection === collection)
        watcher.response.write(`${JSON.stringify({ type, object: stored })}\n`);
  };
  const status = (response: ServerResponse, code: number, reason: string) =>
    response.writeHead(code, json).end(JSON.stringify({ kind: 'Status', code, message: reason }));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const url = new URL(request.url ?? '/', 'https://stub');
    const path = url.pathname;
    stub.asked.push(`${request.method} ${path}`);
    if (!stub.isUp) return request.socket.destroy();
    if (stub.before?.(request, response)) return;
    if (request.headers.authorization !== `Bearer ${stubToken}`) return status(response, 401, 'Unauthorized');
    if (request.method === 'PUT') {
      const target = path.replace(/\/approval$/, '');
      const held = objects.get(target);
      const body = JSON.parse(await text(request)) as StubObject;
      if (!held) return status(response, 404, 'not found');
      if (body.metadata.resourceVersion !== held.metadata.resourceVersion)
        return status(response, 409, 'the object has been modified');
      set(target.slice(0, target.lastIndexOf('/')), body);
      stub.onPut?.(path, body);
      return response.writeHead(200, json).end(JSON.stringify(body));
    }
    if (request.method === 'POST') {
      const body = JSON.parse(await text(request)) as StubObject;
      if (objects.has(`${path}/${body.metadata.name}`)) return status(response, 409, 'already exists');
      set(path, body);
      return response.writeHead(201, json).end(JSON.stringify(body));
    }
    if (path === '/version') return response.writeHead(200, json).end('{"gitVersion":"v1.18.3"}');
    const object = objects.get(path);
    if (object) return response.writeHead(200, json).end(JSON.stringify(object));
    const last = path.slice(path.lastIndexOf('/') + 1);
    if (!/s$/.test(last)) return status(response, 404, 'not found');
    if (url.searchParams.has('watch')) {
      response.writeHead(200, json).flushHeaders();
      const watcher = { collection: path, response };
      watchers.add(watcher);
      response.once('close', () => watchers.delete(watcher));
      return;
    }
    const all = [...objects].filter(([at]) => at.slice(0, at.lastIndexOf('/')) === path).map(([, it]) => it);
    const from = Number(url.searchParams.get('continue') ?? 0);
    const to = from + Number(url.searchParams.get('limit') ?? all.length);
    const metadata = {
      resourceVersion: String(version),
      ...(to < all.length && { continue: String(to) }),
    };
    return response
      .writeHead(200, json)
      .end(JSON.stringify({ kind: 'List', metadata, items: all.slice(from, to) }));
  }

  const server = createServer({ cert: identity.cert, key: identity.key }, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('tlsClientError', () => {});
  server.on('connection', (socket) => {
    if (!stub.isUp) socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stub: KubeStub = {
    port,
    isUp: true,
    before: undefined,
    onPut: undefined,
    asked: [],
    set,
    get: (path) => objects.get(path),
    remove: (path) => void objects.delete(path),
    kubeconfig: (host = '127.0.0.1') =>
      stringify({
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'admin',
        contexts: [{ name: 'admin', context: { cluster: 'openshift4', user: 'admin' } }],
        clusters: [
          {
            name: 'openshift4',
            cluster: {
              server: `https://${host}:${port}`,
              'certificate-authority-data': Buffer.from(authority.cert).toString('base64'),
            },
          },
        ],
        users: [{ name: 'admin', user: { token: stubToken } }],
      }),
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return stub;
}
