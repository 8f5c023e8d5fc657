import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { createEgressGuard } from './guard.ts';
import { attackPage, attackPart, ways } from './testing/attack-page.ts';
import { resolverOf, startCanary, startOrigin } from './testing/servers.ts';
import type { Refusal } from './types.ts';

const browser = [process.env.HOLDFAST_BROWSER, '/usr/lib/chromium/chromium-headless-shell'].find(
  (path) => path !== undefined && existsSync(path),
);
const noUdp = [
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
];
const common = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--mute-audio',
]
  .concat([
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-popup-blocking',
  ])
  .concat(['--autoplay-policy=no-user-gesture-required', '--remote-debugging-port=0']);

interface Attempt {
  /** How the page calls the canary. */
  readonly host: string;
  readonly allow: string[];
  /** Whether the canary counts as a server of our own. */
  readonly ownService?: boolean;
  readonly pageHost?: 'page.test' | 'page.localhost';
  readonly flags?: string[];
}

interface Outcome {
  readonly connections: number;
  readonly paths: readonly string[];
  readonly datagrams: number;
  readonly refusals: readonly Refusal[];
}

/** Opens the attacking page in a real browser behind the guard, and tells what arrived at the canary. */
async function attack(attempt: Attempt): Promise<Outcome> {
  const { host, allow, ownService = false, pageHost = 'page.test', flags = noUdp } = attempt;
  await using canary = await startCanary();
  const udp = createSocket('udp4').bind(0, '127.0.0.1');
  let datagrams = 0;
  udp.on('message', () => {
    datagrams += 1;
  });
  await once(udp, 'listening');
  const to = `${host}:${canary.port}`;
  const done = Promise.withResolvers<void>();
  const serve: RequestListener = (request, response) => {
    const url = request.url ?? '';
    const part = attackPart(url.split('?')[0]!, to);
    if (url === '/done') done.resolve();
    if (url.startsWith('/redirect?')) response.writeHead(302, { location: url.slice('/redirect?'.length) });
    else if (url === '/') response.setHeader('content-type', 'text/html');
    else if (part) response.setHeader('content-type', part.type);
    if (part?.type === 'text/html')
      response.setHeader('content-security-policy', `img-src 'none'; report-uri http://${to}/csp-report`);
    response.end(url === '/' ? attackPage(to, udp.address().port) : (part?.body ?? 'x'));
  };
  // A page of localhost may use what only secure pages may: service workers, for one.
  await using origin = await startOrigin(serve, pageHost === 'page.localhost' ? '127.0.0.1' : '127.0.0.2');
  const resolver = resolverOf({
    'page.test': ['127.0.0.2'],
    'canary.test': ['127.0.0.1'],
    'mixed.test': ['127.0.0.2', '127.0.0.1'],
  });
  const never = ownService ? [`127.0.0.1:${canary.port}`] : [];
  const proxy = await createEgressGuard({ policy: { allow, never }, resolver }).openProxy({
    maxBytes: 1e8,
  });
  const profile = await mkdtemp(join(tmpdir(), 'holdfast-egress-'));
  const page = `http://${pageHost}:${origin.port}`;
  const child = spawn(
    browser!,
    [
      ...[...common, ...flags, `--user-data-dir=${profile}`, `--proxy-server=${proxy.address}`],
      ...[
        '--proxy-bypass-list=<-loopback>',
        `--unsafely-treat-insecure-origin-as-secure=${page}`,
        `${page}/`,
      ],
    ],
    { stdio: 'ignore', detached: true },
  );
  const ended = once(child, 'exit');
  try {
    const lost = ended.then(() => assert.fail('the browser ended before the page was done'));
    await Promise.race([done.promise, lost]);
  } finally {
    if (child.exitCode === null) process.kill(-child.pid!, 'SIGKILL');
    await ended;
    await proxy.close();
    udp.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  const paths = canary.paths.map((path) => path.slice(1));
  return { connections: canary.connections, paths, datagrams, refusals: proxy.refusals };
}

describe('a browser behind the guard', {
  skip: browser ? false : 'chromium-headless-shell is not installed',
}, () => {
  it('would reach a canary in all these ways, were it allowed (so that the next tests mean something)', async () => {
    const attempt: Attempt = {
      host: '127.0.0.1',
      allow: ['127.0.0.0/8'],
      pageHost: 'page.localhost',
      flags: [],
    };
    const { paths, datagrams } = await attack(attempt);
    const reached = new Set(paths);
    const missed = ways.filter((way) => !reached.has(way));
    assert.deepEqual(missed, []);
    assert.ok(datagrams > 0, 'no STUN datagram came');
  });

  const nothing = ({ connections, paths, datagrams, refusals }: Outcome) => {
    assert.deepEqual(paths, []);
    assert.equal(connections, 0);
    assert.equal(datagrams, 0);
    assert.ok(refusals.length > 20, `only ${refusals.length} tries were refused`);
  };

  for (const host of ['127.0.0.1', 'canary.test', 'mixed.test', '[::ffff:127.0.0.1]']) {
    it(`reaches nothing at ${host} in any of these ways`, async () => {
      nothing(await attack({ host, allow: ['127.0.0.2/32'] }));
    });
  }

  it('reaches no service of ours in any of these ways, even where loopback is allowed', async () => {
    const allow = ['127.0.0.0/8'];
    nothing(await attack({ host: 'localhost', allow, ownService: true, pageHost: 'page.localhost' }));
  });
});
