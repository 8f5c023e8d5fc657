import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { CdpConnection } from './connection.ts';
import { pipeTransport } from './pipe-transport.ts';

/** A connection over a pipe whose other end is in our hands. */
function pipe(maxMessageBytes?: number) {
  const toBrowser = new PassThrough();
  const fromBrowser = new PassThrough();
  const connection = new CdpConnection(pipeTransport(toBrowser, fromBrowser, maxMessageBytes));
  let sent = '';
  toBrowser.on('data', (data) => {
    sent += data;
  });
  return {
    connection,
    toBrowser,
    fromBrowser,
    sent: () =>
      sent
        .split('\0')
        .filter(Boolean)
        .map((text) => JSON.parse(text)),
    say: (message: unknown) => fromBrowser.write(`${JSON.stringify(message)}\0`),
  };
}

describe('a CDP connection over a pipe', () => {
  test('answers each command with its own result, whatever the order', async () => {
    const { connection, say, sent } = pipe();
    const page = connection.session('page');
    const first = page.send('A.a', { x: 1 });
    const refused = assert.rejects(first, /^Error: A\.a: No such thing$/);
    const second = connection.session().send('B.b');
    await turn();
    assert.deepEqual(sent(), [
      { id: 1, method: 'A.a', params: { x: 1 }, sessionId: 'page' },
      { id: 2, method: 'B.b', params: {} },
    ]);
    say({ id: 2, result: 'second' });
    say({ id: 99, result: 'nobody asked' });
    say({ id: 1, error: { message: 'No such thing' } });
    assert.equal(await second, 'second');
    await refused;
  });

  test('gives events to those who listen to their session, or to all', async () => {
    const { connection, say } = pipe();
    const heard: unknown[] = [];
    connection.session('a').on('E.e', (params) => heard.push(['a', params]));
    connection.session().on('E.e', (params) => heard.push(['browser', params]));
    connection.onAny('E.e', (params, session) => heard.push(['any', params, session]));
    say({ method: 'E.e', params: 1, sessionId: 'a' });
    say({ method: 'E.e', params: 2 });
    await turn();
    assert.deepEqual(heard, [
      ['a', 1],
      ['any', 1, 'a'],
      ['browser', 2],
      ['any', 2, undefined],
    ]);
  });

  test('puts messages together wherever the pipe cuts them', async () => {
    const bytes = Buffer.from(
      `${JSON.stringify({ id: 1, result: '离线 \u{1f5c3} é' })}\0${JSON.stringify({ id: 2, result: 'x' })}\0`,
    );
    for (let size = 1; size < 9; size++) {
      const { connection, fromBrowser } = pipe();
      const both = [connection.session().send('A.a'), connection.session().send('A.b')];
      for (let at = 0; at < bytes.length; at += size) {
        fromBrowser.write(bytes.subarray(at, at + size));
        await turn();
      }
      assert.deepEqual(await Promise.all(both), ['离线 \u{1f5c3} é', 'x']);
    }
  });

  test('answers what is too large with an error, wherever the pipe cuts it, and goes on', async () => {
    for (const size of [1, 2, 7, 64, 900]) {
      const { connection, fromBrowser, say } = pipe(1_000);
      const heard: unknown[] = [];
      connection.onAny('E.large', () => heard.push('large'));
      const refused = assert.rejects(
        connection.session().send('A.large'),
        /A\.large: the answer is too large/,
      );
      const after = connection.session().send('A.after');
      const bytes = Buffer.from(
        `${JSON.stringify({ id: 1, result: 'x'.repeat(3_000) })}\0${JSON.stringify({ method: 'E.large', params: 'x'.repeat(3_000) })}\0`,
      );
      for (let at = 0; at < bytes.length; at += size) {
        fromBrowser.write(bytes.subarray(at, at + size));
        await turn();
      }
      say({ id: 2, result: 'fine' });
      await refused;
      assert.equal(await after, 'fine');
      assert.deepEqual(heard, []);
    }
  });

  test('rejects all that waits, and all that comes later, once the browser is gone', async () => {
    const endings: [string, (it: ReturnType<typeof pipe>) => void][] = [
      ['the browser ended', ({ fromBrowser }) => fromBrowser.end()],
      ['broken', ({ fromBrowser }) => fromBrowser.destroy(new Error('broken'))],
      ['broken', ({ toBrowser }) => toBrowser.destroy(new Error('broken'))],
      ['closed', ({ connection }) => connection.close()],
      ['for a reason', ({ connection }) => connection.close('for a reason')],
      ['the browser sent what is no message', ({ fromBrowser }) => fromBrowser.write('{"id":\0')],
      ['the browser sent what is no message', ({ fromBrowser }) => fromBrowser.write('null\0')],
    ];
    for (const [reason, end] of endings) {
      const it = pipe();
      const lost = { code: 'capture.browserLost', message: `The browser ended unexpectedly: ${reason}` };
      const refused = assert.rejects(it.connection.session('page').send('A.a'), lost);
      end(it);
      await refused;
      assert.equal(await it.connection.lost, reason);
      await assert.rejects(it.connection.session().send('A.b'), lost);
      it.connection.close('again');
    }
  });
});
