import { deepEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseQuery } from './parse-query.ts';
import { docOf, find } from './search-index.contract.ts';
import { documentTokens } from './tokens.ts';
import type { SearchIndex } from './types.ts';

const attacks = [
  'title : x',
  '{title} : (apple)',
  'apple" OR "pear',
  'apple* NEAR(pear)',
  '^apple',
  "apple' & 'pear",
  "apple':* | 'x",
  'apple <-> pear',
  '!apple',
  "'; drop table search_docs; --",
  'apple\\',
  'apple\0pear',
  '\ud800 apple \udc00',
  'NEAR AND OR NOT',
  'text:"a" OR rowid:1',
  '$1 ? :name @x',
];

/** What an index withstands: texts and queries that nobody sane would write, and texts without end. */
export function hostileContract(open: () => Promise<SearchIndex>): void {
  test('no text of a query means anything to the engine, and each is found as itself', async () => {
    const index = await open();
    for (const [number, text] of attacks.entries()) await index.put(docOf(String(number), { text }));
    await index.put(docOf('bystander', { text: 'zebra' }));
    for (const [number, text] of attacks.entries()) {
      const found = await index.match({ type: 'words', text, phrase: true });
      ok(found.has(String(number)), text);
      ok(!found.has('bystander'), text);
      await index.match({ type: 'words', text, phrase: false, prefix: true, field: 'title' });
    }
    deepEqual(await find(index, 'zebra'), ['bystander']);
  });

  test('any text is taken and found by the whole of itself and by each of its tokens', async () => {
    const index = await open();
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }),
      fc.string({
        unit: fc.constantFrom(
          ...'安装指南のカー한ａé\u0301ßΣ\'’-_.:"*()^{}\\\0 \n💥\u200d\ufe0f\u{e0100}v4aA',
        ),
      }),
    );
    let number = 0;
    await fc.assert(
      fc.asyncProperty(text, async (written) => {
        const id = String(number++);
        await index.put(
          docOf(id, { text: written, title: written, note: written, tags: [written], url: written }),
        );
        const tokens = [...documentTokens(written)];
        const found = await index.match({ type: 'words', text: written, phrase: true });
        deepEqual(found.has(id), tokens.length > 0);
        for (const token of tokens.slice(0, 5))
          ok((await index.match({ type: 'words', text: token, phrase: true })).has(id), token);
        const node = parseQuery(`"${written}`);
        if (node.type === 'words') await index.match(node);
      }),
      { numRuns: 80 },
    );
  });

  test('words and phrases are found anywhere in a text of millions of characters', async () => {
    const index = await open();
    const filler = '在没有网络的环境中，the registry 的 the 的 cluster 的 安装。 ';
    const parts: string[] = [];
    let length = 0;
    for (let mark = 0; length < 2_000_000; mark++) {
      const size = 997 + ((mark * 7_919) % 30_011);
      parts.push(
        filler.repeat(Math.ceil(size / filler.length)),
        `标记甲${mark} 的 the mark${mark}end 的指南 `,
      );
      length += size;
    }
    await index.put(docOf('long', { title: 'short', text: parts.join('') }));
    await index.put(docOf('other', { title: 'short', text: '标记甲1 the other' }));
    for (let mark = 0; mark < parts.length / 2; mark++) {
      deepEqual(await find(index, `"甲${mark} 的 the mark${mark}end 的指"`), ['long']);
      deepEqual(await find(index, `"the mark${mark}end"`), ['long']);
    }
    deepEqual(await find(index, `"mark0end" "mark${parts.length / 2 - 1}end" title:short`), ['long']);
    deepEqual(await find(index, `"cluster 的安装"`), []);
  });

  test('a long passage is found as one phrase, wherever the text is cut', async () => {
    const index = await open();
    const words = Array.from({ length: 9_000 }, (_, i) => `w${(i * 7_919) % 10_007}`);
    const repeated = Array.from({ length: 3_000 }, (_, i) => (i % 7 === 0 ? `n${i}` : 'same'));
    await index.put(docOf('words', { text: words.join(' ') }));
    await index.put(docOf('same', { text: repeated.join(' ') }));
    for (let at = 0; at + 150 < words.length; at += 701)
      deepEqual(await find(index, `"${words.slice(at, at + 150).join(' ')}"`), ['words']);
    for (let at = 0; at + 100 < repeated.length; at += 211)
      deepEqual(await find(index, `"${repeated.slice(at, at + 100).join(' ')}"`), ['same']);
    const wrong = [...words.slice(200, 300), ...words.slice(301, 350)];
    deepEqual(await find(index, `"${wrong.join(' ')}"`), []);
  });
}
