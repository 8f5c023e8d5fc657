import { deepEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { phraseTokens } from './leaves.ts';
import { type Chunk, chunksOf, vectorText } from './postgres-chunks.ts';

const orderOf = (chunk: Chunk): string[] => {
  const order: string[] = [];
  for (const [token, places] of chunk) for (const place of places) order[place - 1] = token;
  return order;
};

function check(tokens: readonly string[]): number {
  let rebuilt: string[] = [];
  let count = 0;
  for (const chunk of chunksOf(tokens)) {
    const order = orderOf(chunk);
    const shared = count++ === 0 ? 0 : phraseTokens - 1;
    deepEqual(order.slice(0, shared), shared === 0 ? [] : rebuilt.slice(-shared));
    rebuilt = rebuilt.concat(order.slice(shared));
    ok(order.length <= 16_383);
    ok([...chunk.values()].every((places) => places.length <= 255));
    ok(Buffer.byteLength(vectorText(chunk)) < 2_000_000);
    ok([...chunk.keys()].reduce((sum, token) => sum + Buffer.byteLength(token), 0) < 500_000);
  }
  deepEqual(rebuilt, tokens);
  return count;
}

test('chunks stay within what a tsvector holds and overlap by a phrase', () => {
  ok(check(Array.from({ length: 50_000 }, (_, i) => `w${i}`)) > 4);
  ok(check(Array.from({ length: 3_000 }, () => 'same')) > 10);
  ok(check(Array.from({ length: 20_000 }, (_, i) => '𠮷'.repeat(60) + i)) > 4);
  ok(check(Array.from({ length: 255 }, () => 'same')) === 1);
  ok(check(['one']) === 1);
  ok(check([]) === 0);
});

test('any stream of tokens is kept whole', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 500, maxLength: 2_000 }),
      (tokens) => {
        check(tokens);
      },
    ),
    { numRuns: 30 },
  );
});
