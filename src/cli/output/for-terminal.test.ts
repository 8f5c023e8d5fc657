import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { runCli } from '../index.ts';
import { plainJson } from './for-terminal.ts';

/** A title that is set, a colour, a line that is drawn over another, a C1 control and a turned direction. */
const hostile = 'a\x1b]0;owned\x07\x1b[31mb\rc\x9b2Jd\u202ee\x7f\tf\n';

/** Runs `get` on a snapshot whose text the page has chosen. */
async function get(isTTY: boolean, body: () => AsyncIterable<Uint8Array>): Promise<string> {
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const stderr = new PassThrough();
  const snapshot = { id: 's', digest: `sha256:${'0'.repeat(64)}`, formats: ['text'] };
  const workspace = {
    links: { getSnapshot: async () => snapshot },
    idsLike: async () => [{ type: 'snapshot', id: 's' }],
    readers: async () => ({ open: async () => ({ as: async () => ({ body: body() }) }) }),
    close: async () => {},
  };
  const io = {
    stdin: process.stdin,
    stdout,
    stderr,
    env: {},
    cwd: '/',
    interrupted: new AbortController().signal,
  };
  const program = { version: '0', defaultData: '/nowhere', open: async () => workspace };
  const code = await runCli(['get', 's', '--as', 'text'], io as never, program as never);
  stdout.end();
  stderr.end();
  assert.equal(code, 0, await text(stderr));
  return text(stdout);
}

test('get shows a terminal nothing of a page that it would obey, however the bytes are cut', async () => {
  async function* byteByByte() {
    for (const byte of Buffer.from(`${hostile}中文`)) yield Uint8Array.of(byte);
  }
  const shown = await get(true, byteByByte);
  assert.doesNotMatch(shown, /[^\P{Cc}\n\t]|\u202e/u);
  assert.match(shown, /^a .*b c 2Jd e \tf\n中文$/);
});

test('get writes a text byte for byte where no terminal reads it', async () => {
  async function* once() {
    yield Buffer.from(hostile);
  }
  assert.equal(await get(false, once), hostile);
});

test('JSON for a terminal is the same value, and nothing in it is obeyed', () => {
  for (const indent of [undefined, 2]) {
    const json = plainJson({ title: hostile, [hostile]: ['中文', 1] }, indent);
    assert.doesNotMatch(json, /[^\P{Cc}\n\t]|\u202e/u);
    assert.deepEqual(JSON.parse(json), { title: hostile, [hostile]: ['中文', 1] });
  }
});
