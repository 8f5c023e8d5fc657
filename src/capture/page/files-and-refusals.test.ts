import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { digestOf } from '../../kernel/index.ts';
import { startOrigin } from '../egress/testing/servers.ts';
import { codes, onSite, type Route } from './testing/capture-site.ts';

const words = '<!doctype html><title>Title</title><p>Words of the page</p>';
const file =
  (body: Uint8Array | string, headers: Record<string, string>): Route =>
  (_, response) =>
    response.writeHead(200, headers).end(body);
const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256));

describe('a link to a file', () => {
  const attachment = { 'content-disposition': 'attachment; filename=x' };
  const kinds: readonly [string, Route, string][] = [
    ['/a.bin', file(bytes, attachment), 'application/octet-stream'],
    ['/a.zip', file(bytes, { 'content-type': 'application/zip' }), 'application/zip'],
    ['/a.pdf', file(bytes, { 'content-type': 'application/pdf' }), 'application/pdf'],
    [
      '/get?zip',
      file(bytes, { 'content-type': 'application/zip', 'content-length': '70000' }),
      'application/zip',
    ],
    ['/get?any', file(bytes, { ...attachment, 'content-length': '70000' }), 'application/octet-stream'],
  ];
  test('is kept byte for byte, by the browser or without it', async () => {
    await onSite(Object.fromEntries(kinds), async ({ take, engine }) => {
      for (const [path, , mediaType] of kinds) {
        const outcome = await take(path);
        assert.deepEqual([outcome.kind, outcome.verdict, codes(outcome)], ['file', 'good', ['download']]);
        const layer = (await engine.open(outcome)).layers.find(({ role }) => role === 'file')!.descriptor;
        assert.equal(layer.mediaType, mediaType);
        assert.deepEqual(Buffer.from(engine.held.get(layer.digest)!), bytes);
      }
    });
  });

  test('that the browser comes upon is fetched without it where it says that it is large, and is asked for once where it does not', async () => {
    const zip = { 'content-type': 'application/zip' };
    const large = Buffer.alloc(17 * 1024 * 1024, bytes);
    const routes: Record<string, Route> = {
      '/large': file(large, { ...zip, 'content-length': String(large.length) }),
      '/unknown': (_, response) => {
        response.writeHead(200, zip);
        for (let at = 0; at < bytes.length; at += 10_000) response.write(bytes.subarray(at, at + 10_000));
        response.end();
      },
    };
    await onSite(routes, async ({ take, engine, hits }) => {
      for (const path of ['/large', '/unknown']) {
        const outcome = await take(path);
        assert.deepEqual([outcome.kind, outcome.verdict], ['file', 'good'], JSON.stringify(outcome.evidence));
        const layer = (await engine.open(outcome)).layers.find(({ role }) => role === 'file')!.descriptor;
        assert.equal(layer.digest, digestOf(path === '/unknown' ? bytes : large));
      }
      assert.equal(hits('/unknown'), 1);
    });
  });

  test('that only the browser is given is kept as the browser gets it', async () => {
    const route: Route = (request, response) => {
      if (!/Mozilla/.test(request.headers['user-agent'] ?? ''))
        return response.setHeader('content-type', 'text/html').end(words);
      const large = Buffer.alloc(17 * 1024 * 1024, bytes);
      response.writeHead(200, { 'content-type': 'application/zip', 'content-length': String(large.length) });
      return response.end(large);
    };
    await onSite({ '/get': route }, async ({ take }) => {
      const outcome = await take('/get');
      assert.deepEqual([outcome.kind, outcome.verdict, codes(outcome)], ['file', 'good', ['download']]);
    });
  });

  test('whose address is called as files are, and that is a page, is captured as a page', async () => {
    await onSite({ '/notes.zip': words }, async ({ take, hits }) => {
      const outcome = await take('/notes.zip');
      assert.deepEqual([outcome.kind, outcome.verdict], ['page', 'good']);
      assert.match(outcome.searchText, /Words of the page/);
      assert.equal(hits('/notes.zip'), 2);
    });
  });

  test('of a page that is too large for one resource is left out, and the snapshot names that limit', async () => {
    await onSite(
      {
        '/': '<p>Words of the page</p><img src=/large.png>',
        '/large.png': (_, response) => {
          response.writeHead(200, { 'content-type': 'image/png', 'content-length': 40 * 1024 * 1024 + 1 });
          response.write(Buffer.alloc(64 * 1024));
        },
      },
      async ({ take }) => {
        const { verdict, evidence } = await take();
        const cap = evidence.find(({ code }) => code === 'bytesCap');
        assert.deepEqual([verdict, cap?.details], ['truncated', { limitBytes: 40 * 1024 * 1024 }]);
      },
    );
  });
});

describe('an address that may not be reached', () => {
  test('is a reason as a page, as the end of a redirect, and left out as a resource', async () => {
    await using canary = await startOrigin((_, response) => response.end('secret'), '127.0.0.3');
    const secret = `http://127.0.0.3:${canary.port}/`;
    await onSite(
      {
        '/': `${words}<img src="${secret}i.png"><iframe src="${secret}f"></iframe><script>fetch('${secret}s', { mode: 'no-cors' })</script>`,
        '/to': (_, response) => response.writeHead(302, { location: secret }).end(),
      },
      async ({ take, engine }) => {
        const page = await take();
        assert.equal(page.verdict, 'good');
        assert.ok(codes(page).includes('resourcesMissing'));
        const missing = (await engine.open(page)).missing();
        assert.deepEqual(missing.map(({ url }) => url).sort(), [`${secret}f`, `${secret}i.png`]);
        for (const { reason } of missing) assert.match(reason, /^refused: /);
        const redirected = await take('/to');
        assert.deepEqual([redirected.digest, codes(redirected)], [null, ['refusedAddress']]);
        const direct = await engine.take(secret);
        assert.deepEqual([direct.digest, codes(direct)], [null, ['refusedAddress']]);
        for (const url of [
          'file:///etc/passwd',
          'chrome://crash',
          'view-source:http://x/',
          'data:text/html,x',
        ])
          await assert.rejects(engine.take(url), { code: 'capture.refusedScheme' });
      },
    );
    assert.equal(canary.connections, 0);
  });

  test('is not reached by a page that leads the browser there', async () => {
    for (const url of ['chrome://crash', 'file:///etc/passwd', 'view-source:http://127.0.0.2/'])
      await onSite(
        { '/': `${words}<script>location = ${JSON.stringify(url)}</script>` },
        async ({ take }) => {
          const outcome = await take();
          assert.match(outcome.searchText, /Words of the page/);
          assert.doesNotMatch(outcome.searchText, /root:/);
        },
      );
  });
});

describe('a capture that is cancelled', () => {
  for (const [when, routes] of [
    ['while the page is loading', { '/': () => {} }],
    ['while the page settles', { '/': `${words}<script>setInterval(() => fetch('/poll'), 20)</script>` }],
  ] as const)
    test(`${when} ends at once and keeps nothing`, async () => {
      await onSite(routes as Record<string, Route>, async ({ take, engine, hits }) => {
        const abort = new AbortController();
        const taking = take('/', abort.signal);
        let ended = false;
        taking
          .catch(() => {})
          .finally(() => {
            ended = true;
          });
        while (!ended && (hits('/') === 0 || (when.includes('settles') && hits('/poll') === 0)))
          await new Promise((resolve) => setTimeout(resolve, 10));
        abort.abort();
        await assert.rejects(taking, { code: 'capture.cancelled' });
        assert.equal(engine.held.size, 0);
      });
    });

  test('before it began starts nothing', async () => {
    await onSite({ '/': words }, async ({ take, hits }) => {
      await assert.rejects(take('/', AbortSignal.abort()), { code: 'capture.cancelled' });
      assert.equal(hits('/'), 0);
    });
  });
});

describe('a page', () => {
  test('of ten megabytes is kept whole', async () => {
    const body = `${words}${`<p>${'Some more words of a long page. '.repeat(100)}</p>`.repeat(3_200)}<p>The end</p>`;
    await onSite(
      { '/': body },
      async ({ take }) => {
        const outcome = await take();
        assert.equal(outcome.verdict, 'good', JSON.stringify(outcome.evidence));
        assert.match(outcome.searchText, /^Words of the page[\s\S]*The end/);
      },
      { timeMs: 60_000 },
    );
  });

  test('in an encoding of its own is read in it', async () => {
    const han = Buffer.from([0xd6, 0xd0, 0xce, 0xc4]);
    await onSite(
      {
        '/gbk': file(Buffer.concat([Buffer.from('<!doctype html><p>'), han]), {
          'content-type': 'text/html; charset=gbk',
        }),
        '/meta': file(Buffer.concat([Buffer.from('<!doctype html><meta charset=gb18030><p>'), han]), {
          'content-type': 'text/html',
        }),
        '/bom': file(Buffer.from('\ufeff<!doctype html><p>中文', 'utf16le'), {
          'content-type': 'text/html; charset=gbk',
        }),
      },
      async ({ take }) => {
        for (const path of ['/gbk', '/meta', '/bom'])
          assert.match((await take(path)).searchText, /中文/, path);
      },
    );
  });
});
