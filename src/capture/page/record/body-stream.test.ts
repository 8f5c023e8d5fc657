import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { collect } from '../../../store/index.ts';
import { CdpError, type CdpObject, type CdpSession } from '../cdp/connection.ts';
import { PartialBody, readBodyStream } from './body-stream.ts';

const pieces = ['one ', 'two ', 'three'].map((text) => Buffer.from(text));
async function* source(after?: Promise<unknown>): AsyncGenerator<Uint8Array> {
  yield* pieces;
  await after;
}
const textOf = async (body: AsyncIterable<Uint8Array>) => Buffer.from(await collect(body, 1_000)).toString();
const noEnd = () => assert.fail('nothing was to be ended');

describe('PartialBody', () => {
  test('takes a body that comes in time and fits as it is', async () => {
    for (const limitMs of [Number.POSITIVE_INFINITY, 60_000]) {
      const part = new PartialBody(limitMs, noEnd);
      assert.equal(await textOf(part.take(source(), 13 + 1)), 'one two three');
      assert.deepEqual([part.cut, part.overBytes], [false, false]);
    }
  });

  test('cuts what does not fit at the byte', async () => {
    for (const [fits, text] of [
      [1, 'o'],
      [4, 'one '],
      [6, 'one tw'],
    ] as const) {
      const part = new PartialBody(Number.POSITIVE_INFINITY, noEnd);
      assert.equal(await textOf(part.take(source(), fits)), text);
      assert.deepEqual([part.cut, part.overBytes], [true, true]);
    }
  });

  test('ends a body that goes on after its time, and keeps what comes out of that', async () => {
    const ended = Promise.withResolvers<void>();
    const idle: number[] = [];
    const part = new PartialBody(20, (idleMs) => {
      idle.push(idleMs);
      ended.resolve();
    });
    assert.equal(await textOf(part.take(source(ended.promise), 1_000)), 'one two three');
    assert.deepEqual([part.cut, part.overBytes, idle], [true, false, [0]]);
  });

  test('does not wait for a body that does not end even then', async () => {
    const part = new PartialBody(20, () => {});
    assert.equal(await textOf(part.take(source(new Promise(() => {})), 1_000)), 'one two three');
    assert.equal(part.cut, true);
  });

  test('hands on the failure of its source', async () => {
    const part = new PartialBody(60_000, noEnd);
    await assert.rejects(textOf(part.take(source(Promise.reject(new Error('cut off'))), 1_000)), /cut off/);
  });
});

describe('readBodyStream()', () => {
  const session = (answers: CdpObject[], calls: string[]): CdpSession => ({
    id: undefined,
    on: () => {},
    send: async <R>(method: string) => {
      calls.push(method);
      if (method === 'Fetch.takeResponseBodyAsStream') return { stream: 's' } as R;
      if (method === 'IO.close') return {} as R;
      const answer = answers.shift();
      if (!answer) throw new CdpError(method, 'Read failed');
      return answer as R;
    },
  });

  test('reads text and base64, empty pieces too, and closes the stream', async () => {
    const calls: string[] = [];
    const answers = [
      { data: 'plain ', eof: false },
      { data: '', eof: false },
      { data: Buffer.from('中').toString('base64'), base64Encoded: true, eof: true },
    ];
    assert.equal(await textOf(readBodyStream(session(answers, calls), 'r')), 'plain 中');
    assert.equal(calls.at(-1), 'IO.close');
  });

  test('closes the stream where reading fails', async () => {
    const calls: string[] = [];
    await assert.rejects(
      textOf(readBodyStream(session([{ data: 'a', eof: false }], calls), 'r')),
      /Read failed/,
    );
    assert.equal(calls.at(-1), 'IO.close');
  });
});
