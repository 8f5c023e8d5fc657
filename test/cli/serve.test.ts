import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newHoldfast, serveSite } from '../support/holdfast.ts';

describe('holdfast serve', () => {
  test('says where it is, answers on both origins, and ends cleanly on SIGTERM', async () => {
    const { start, data } = newHoldfast();
    const server = start(['serve']);
    const [, address] = await server.says(/ready: (http:\/\/127\.0\.0\.1:\d+)\n/);
    const [, replay] = await server.says(/shown from (http:\/\/127\.0\.0\.1:\d+)\n/);
    await server.says(new RegExp(data));
    const page = await fetch(`${address}/`);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    const session = (await (await fetch(`${address}/api/session`)).json()) as Record<string, unknown>;
    assert.equal(session.mode, 'open');
    assert.equal(session.replayOrigin, replay);
    assert.equal((await fetch(`${replay}/`)).status, 404);
    // As under npm, where one Ctrl-C arrives twice.
    server.child.kill('SIGTERM');
    server.child.kill('SIGINT');
    assert.equal((await server.ended).code, 0);
    await assert.rejects(fetch(address!));
  });

  test('a waiting command leaves the capture to the server that runs', async () => {
    const { start, run } = newHoldfast();
    const origin = await serveSite((_, response) =>
      response.setHeader('content-type', 'text/html').end(`<title>t</title><h1>${'word '.repeat(100)}</h1>`),
    );
    const server = start(['serve']);
    await server.says(/ready/);
    // The command could not reach the page itself.
    const added = await run(['add', `${origin}/`, '--wait', '--json'], {
      env: { HOLDFAST_EGRESS_ALLOW: '' },
    });
    assert.equal(added.code, 0, added.stdout + added.stderr);
    assert.equal(added.json<{ snapshot: { verdict: string } }[]>()[0]?.snapshot.verdict, 'good');
    assert.equal((await run(['jobs', '--json'])).json<{ served: boolean }>().served, true);
  });

  test('a port that is taken is told with the variable that chooses another', async () => {
    const { run } = newHoldfast();
    const taken = (await serveSite((_, response) => response.end())).replace('http://', '');
    for (const variable of ['HOLDFAST_LISTEN', 'HOLDFAST_REPLAY_LISTEN']) {
      const { code, stderr } = await run(['serve', '--log-level', 'silent'], { env: { [variable]: taken } });
      assert.equal(code, 7);
      assert.ok(stderr.includes(`Address ${taken} is in use`), stderr);
      assert.ok(stderr.includes(`choose another address in ${variable}`), stderr);
    }
  });

  test('beyond loopback, and behind a proxy, it asks for a login and says where the setup code is', async () => {
    const proxied = {
      HOLDFAST_PUBLIC_ORIGIN: 'https://keep.example',
      HOLDFAST_REPLAY_ORIGIN: 'https://replay.example',
    };
    for (const env of [{ HOLDFAST_LISTEN: '0.0.0.0:0' }, proxied]) {
      const { start, data } = newHoldfast();
      const server = start(['serve', '--log-level', 'info'], { env });
      await server.says(new RegExp(`the code that it asks for is in ${data}/setup-code`));
      const [, port] = await server.says(/"listen":"[^"]*:(\d+)"/);
      const session = await fetch(`http://127.0.0.1:${port}/api/links`);
      assert.ok([401, 403].includes(session.status), String(session.status));
      server.child.kill('SIGINT');
      assert.equal((await server.ended).code, 0);
    }
  });
});
