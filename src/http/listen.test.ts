import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { hasCode } from '../kernel/index.ts';
import { listen } from './listen.ts';
import { createHarness } from './testing/harness.ts';

type Fetch = Parameters<typeof listen>[0]['fetch'];

async function start(fetch: Fetch, open = true) {
  const server = await listen({ fetch, host: '127.0.0.1', port: 0, open });
  after(() => server.stop(0));
  return { ...server, origin: `http://127.0.0.1:${server.port}` };
}

/** Sends raw bytes and gives everything that comes back until the server closes the connection. */
function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('latin1').on('data', (chunk) => (answer += chunk));
    socket.once('close', () => resolve(answer)).once('error', reject);
  });
}

test('the whole application answers over a port, with its guards', async () => {
  const harness = await createHarness();
  const { origin, port } = await start(harness.app.fetch);
  assert.equal((await fetch(`${origin}/api/health`)).status, 200);
  const added = await fetch(`${origin}/api/links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ links: [{ url: 'https://example.org/' }] }),
  });
  assert.equal(added.status, 201);
  const { links } = (await added.json()) as { links: { link: { id: string; tags: string[] } }[] };
  const restored = await fetch(`${origin}/api/links/${links[0]!.link.id}/restore`, { method: 'POST' });
  assert.equal(restored.status, 200);
  const rebound = await raw(
    port,
    'GET /api/links HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
  );
  assert.match(rebound, /^HTTP\/1\.1 403 /);
  const absolute = await raw(
    port,
    `GET http://127.0.0.1/api/links HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
  );
  assert.match(absolute, /^HTTP\/1\.1 403 /);
  const smuggled = await raw(
    port,
    'GET http://evil.example/api/links HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n',
  );
  assert.doesNotMatch(smuggled, /evil\.example/);
});

test('requests that are no proper HTTP are refused shortly', async () => {
  const { port } = await start(() => new Response('reached'));
  const bad = [
    'GET / HTTP/1.1\r\n\r\n',
    'nonsense\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`,
    'GET / HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n',
  ];
  for (const text of bad) {
    const answer = await raw(port, text);
    assert.match(answer, /^HTTP\/1\.1 4\d\d /, text.slice(0, 40));
    assert.doesNotMatch(answer, /reached|Error|node:/);
  }
});

test('a body without a length is cut off at the limit', async () => {
  const harness = await createHarness();
  const { origin } = await start(harness.app.fetch);
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      sent += 1_000_000;
      if (sent > 100_000_000) controller.close();
      else controller.enqueue(new Uint8Array(1_000_000).fill(0x20));
    },
  });
  const outcome = await fetch(`${origin}/api/links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    duplex: 'half',
  } as RequestInit).then(
    (response) => response.status,
    () => 'cut off',
  );
  assert.ok(outcome === 413 || outcome === 'cut off', String(outcome));
  assert.ok(sent < 50_000_000, `${sent} bytes were taken`);
});

test('an upgrade is not taken up', async () => {
  const { port } = await start(() => new Response('plain'));
  const answer = await raw(
    port,
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n',
  );
  assert.doesNotMatch(answer, /^HTTP\/1\.1 101/);
});

test('an open server is refused on every address but loopback', async () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org', '127.0.0.1.example.org'])
    await assert.rejects(
      listen({ fetch: () => new Response(), host, port: 0, open: true }),
      (error) => hasCode(error, 'http.openBeyondLoopback'),
      host,
    );
});

test('a port that is taken is named', async () => {
  const { port } = await start(() => new Response());
  await assert.rejects(
    listen({ fetch: () => new Response(), host: '127.0.0.1', port, open: true }),
    (error) => hasCode(error, 'http.listen') && error.message.includes(`127.0.0.1:${port}`),
  );
});

test('stop() lets an answer under way end, and cuts what does not end', async () => {
  let finish = () => {};
  let begun = () => {};
  const beginning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const slow = await start(async () => {
    begun();
    await new Promise<void>((resolve) => {
      finish = resolve;
    });
    return new Response('whole');
  });
  const answer = fetch(slow.origin).then((response) => response.text());
  await beginning;
  const stopped = slow.stop();
  finish();
  assert.equal(await answer, 'whole');
  await stopped;
  await assert.rejects(fetch(slow.origin));

  const endless = await start(
    () => new Response(new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(1)) })),
  );
  const stream = await fetch(endless.origin);
  await endless.stop(10);
  await assert.rejects(stream.text());
});

test('a server with live streams stops as soon as the application closes them', async () => {
  const harness = await createHarness();
  const server = await start(harness.app.fetch);
  const stream = await fetch(`${server.origin}/api/events`);
  harness.app.close();
  await server.stop(60_000);
  assert.match(await stream.text(), /^retry: 1000/);
});
