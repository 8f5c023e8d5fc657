import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startOrigin } from '../../src/capture/egress/testing/servers.ts';
import { newHoldfast } from '../support/holdfast.ts';
import { launchBrowser, openWatched } from './support/browser.ts';
import { capture, type LinkView } from './support/outcomes.ts';
import { ask } from './support/raw.ts';
import { type Server, startServer } from './support/server.ts';

const words = `<title>Kept</title><h1>Kept</h1><p>${'Words that a reader keeps. '.repeat(30)}</p>`;

describe('requests that mean harm get nothing from the running program', { timeout: 280_000 }, () => {
  const holdfast = newHoldfast();
  let site: Awaited<ReturnType<typeof startOrigin>>;
  let server: Server;
  let browser: Browser;
  let link: LinkView;
  const total = async () => (await server.json<{ total: number }>('/api/links')).total;

  before(async () => {
    site = await startOrigin(
      (_, response) => response.setHeader('content-type', 'text/html').end(words),
      '127.0.0.1',
    );
    server = await startServer(holdfast);
    browser = await launchBrowser();
    [link] = (await capture(server, [`http://127.0.0.1:${site.port}/`])) as [LinkView];
    assert.equal(link.snapshot?.verdict, 'good');
  });
  after(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  test('a name that a stranger points at this machine is refused on both origins', async () => {
    const replayPath = new URL(link.snapshot!.replayUrl!).pathname;
    const portOf = (origin: string) => new URL(origin).port;
    for (const name of [
      'evil.example',
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      'rebind.localhost',
      '169.254.169.254',
      '192.168.1.7',
    ])
      for (const [origin, paths] of [
        [server.origin, ['/', '/api/links', '/api/session', '/api/events', '/metrics', '/assets/x.js']],
        [server.replayOrigin, ['/', replayPath]],
      ] as const)
        for (const path of paths)
          for (const host of [name, `${name}:${portOf(origin)}`]) {
            const answer = await ask(origin, path, { headers: { host } });
            assert.equal(answer.status, 403, `${host}${path}`);
            assert.ok(!answer.body.includes('Words that') && !answer.body.includes(link.id));
          }
    assert.equal((await ask(server.replayOrigin, replayPath)).status, 200);
  });

  test('a page of another site changes nothing and reads nothing through the browser of a person', async () => {
    const before = await total();
    const bait = async (page: Page) => {
      await page.evaluate(
        async ([origin, id]) => {
          const body = '{"links":[{"url":"http://planted.example/"}]}';
          const json = { 'content-type': 'application/json' };
          const quietly = (work: () => Promise<unknown>) => work().catch((error) => String(error));
          const url = `${origin}/api/links`;
          const seen: unknown[] = [];
          for (const headers of [json, { 'content-type': 'text/plain' }, {} as Record<string, string>])
            for (const mode of ['cors', 'no-cors'] as const)
              seen.push(
                await quietly(() =>
                  fetch(url, { method: 'POST', mode, headers, body, credentials: 'include' }).then((r) =>
                    r.text(),
                  ),
                ),
              );
          for (const method of ['DELETE', 'PATCH', 'PUT'])
            seen.push(
              await quietly(() =>
                fetch(`${url}/${id}`, { method, headers: json, body: '{"title":"planted"}' }).then((r) =>
                  r.text(),
                ),
              ),
            );
          seen.push(await quietly(() => fetch(url).then((r) => r.text())));
          seen.push(await quietly(() => fetch(url, { mode: 'no-cors' }).then((r) => r.text())));
          navigator.sendBeacon(url, new Blob([body], { type: 'application/json' }));
          navigator.sendBeacon(url, body);
          (window as unknown as { seen: string }).seen = JSON.stringify(seen);
        },
        [server.origin, link.id] as const,
      );
      assert.ok(!(await page.evaluate(() => (window as unknown as { seen: string }).seen)).includes(link.id));
      for (const enctype of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
        await page.evaluate(
          ([action, type]) => {
            document.body.innerHTML = `<iframe name=t></iframe><form target=t method=post enctype="${type}" action="${action}"><input name='{"links":[{"url":"http://planted.example/","note":"' value='"}]}'></form>`;
            document.forms[0]!.submit();
          },
          [`${server.origin}/api/links`, enctype] as const,
        );
        await page.waitForTimeout(200);
      }
    };
    // Another port of this machine is the same site, and another name of it is not.
    for (const host of ['127.0.0.1', 'localhost']) {
      const { context, page } = await openWatched(browser);
      await page.goto(`http://${host}:${site.port}/`);
      await bait(page);
      await context.close();
    }
    assert.equal(await total(), before);
    assert.equal((await server.json<LinkView>(`/api/links/${link.id}`)).ownTitle, null);
  });

  test('headers alone, as other clients forge them, do not get a change through from another site', async () => {
    const body = '{"links":[{"url":"http://planted.example/"}]}';
    const before = await total();
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: server.replayOrigin },
      { origin: server.origin.replace('127.0.0.1', 'localhost') },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      const answer = await ask(server.origin, '/api/links', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      assert.equal(answer.status, 403, JSON.stringify(headers));
    }
    assert.equal(await total(), before);
  });

  test('no path leads out of what is served, on either origin and in any parameter', async () => {
    const { data } = holdfast;
    const secrets = [
      readFileSync(join(data, 'replay-key')).subarray(0, 40),
      Buffer.from('SQLite format 3\0'),
      Buffer.from('root:x:0'),
      Buffer.from('"private": true'),
      Buffer.from('import { compose }'),
    ];
    const ups = [
      '../',
      '..%2f',
      '%2e%2e/',
      '%2e%2e%2f',
      '..%5c',
      '..\\',
      '....//',
      '..;/',
      '..%252f',
      '%c0%ae%c0%ae/',
      '..%00/',
    ];
    const files = [
      `${data}/replay-key`.slice(1),
      'replay-key',
      'package.json',
      'src/main/compose.ts',
      'etc/passwd',
      'holdfast.db',
    ];
    const [, token, id] = new URL(link.snapshot!.replayUrl!).pathname.split('/');
    const places: [string, string][] = [
      ...[
        '/',
        '/assets/',
        '/api/',
        '/api/links/',
        `/api/links/${link.id}/`,
        '/api/snapshots/',
        `/api/snapshots/${id}/`,
        `/api/snapshots/${id}/as/`,
        '/api/jobs/',
        '/links/',
      ].map((place): [string, string] => [server.origin, place]),
      ...['/', `/${token}/`, `/${token}/${id}/`, `/${token}/${id}/sha256-`].map((place): [string, string] => [
        server.replayOrigin,
        place,
      ]),
    ];
    const paths = ups.flatMap((up) =>
      [1, 4, 9].flatMap((times) => files.map((file) => up.repeat(times) + file)),
    );
    let asked = 0;
    for (const [origin, place] of places) {
      const answers = await Promise.all(
        paths.map(async (path) => ({ path: place + path, answer: await ask(origin, place + path) })),
      );
      for (const { path, answer } of answers) {
        asked++;
        for (const secret of secrets) assert.ok(!answer.body.includes(secret), `${origin}${path}`);
        assert.ok(answer.status < 500, `${path} gave ${answer.status}`);
      }
    }
    assert.ok(asked > 2000);
  });

  test('ids, formats and tokens that were made up are refused without a word of what there is', async () => {
    const [, token, id] = new URL(link.snapshot!.replayUrl!).pathname.split('/');
    const strange = [
      "' OR 1=1 --",
      '%00',
      '*',
      'a'.repeat(5_000),
      '../x',
      '__proto__',
      'constructor',
      '<script>',
      '{{7*7}}',
      '\u202e',
    ];
    for (const one of strange.map(encodeURIComponent)) {
      for (const path of [
        `/api/links/${one}`,
        `/api/snapshots/${one}`,
        `/api/snapshots/${one}/as/html`,
        `/api/snapshots/${id}/as/${one}`,
        `/api/snapshots/${one}/icon`,
        `/api/links/${one}/snapshots`,
      ]) {
        const answer = await ask(server.origin, path);
        assert.ok(answer.status >= 400 && answer.status < 500, `${path} gave ${answer.status}`);
        assert.match(answer.headers['content-type']!, /^application\/problem\+json/);
      }
      for (const path of [
        `/${one}/${id}/`,
        `/${token}/${one}/`,
        `/${token}/${id}/${one}`,
        `/${token}x/${id}/`,
        `/${token!.slice(0, -1)}/${id}/`,
      ])
        assert.equal((await ask(server.replayOrigin, path)).status, 404, path);
    }
  });
});
