import { createServer } from 'node:http';
import type { Balancer } from '../balancer.ts';
import { listenOn } from '../listening.ts';
import type { ListenAddress } from '../types.ts';
import { statsPage } from './page.ts';
import type { StatsWords } from './words.ts';

export interface StatsServerOptions {
  readonly balancer: Pick<Balancer, 'state' | 'metrics'>;
  /** The words for an `Accept-Language` header. */
  readonly words: (acceptLanguage: string | undefined) => StatsWords;
}

export interface StatsServer {
  /** Throws `lb.addressInUse` or `lb.listen`. There is no login: give it loopback, or an address that only the bastion's keepers reach. */
  listen(address: ListenAddress): Promise<ListenAddress>;
  close(): Promise<void>;
}

interface Answer {
  readonly type: string;
  readonly body: string;
}

/** A page of somebody else's may give its own name this address; a browser then lets it read what is answered (DNS rebinding). */
const ownHost = /^(?:localhost|[\d.]+|\[[\da-f:.]+\])(?::\d+)?$/i;

/** Serves a balancer's state, to be read only: `/` as a page, `/state.json`, `/metrics` for Prometheus. */
export function createStatsServer({ balancer, words }: StatsServerOptions): StatsServer {
  const answers: Readonly<Record<string, (language: string | undefined) => Answer | Promise<Answer>>> = {
    '/': (language) => ({
      type: 'text/html; charset=utf-8',
      body: statsPage(balancer.state(), words(language)),
    }),
    '/state.json': () => ({ type: 'application/json', body: JSON.stringify(balancer.state()) }),
    '/metrics': async () => ({
      type: 'text/plain; version=0.0.4; charset=utf-8',
      body: await balancer.metrics(),
    }),
  };
  const server = createServer({ maxHeaderSize: 8192, requestTimeout: 10_000 }, (request, response) => {
    void (async () => {
      const path = (request.url ?? '').split('?', 1)[0]!;
      const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
      const readable = request.method === 'GET' || request.method === 'HEAD';
      const isOurs = ownHost.test(request.headers.host ?? '');
      const found =
        readable && answer && isOurs ? await answer(request.headers['accept-language']) : undefined;
      response.writeHead(found ? 200 : !isOurs ? 421 : readable ? 404 : 405, {
        'content-type': found?.type ?? 'text/plain',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        vary: 'accept-language',
      });
      response.end(request.method === 'HEAD' ? undefined : found?.body);
    })().catch(() => response.destroy());
  });
  server.maxConnections = 100;
  return {
    listen: (address) => listenOn(server, 'stats', address),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
