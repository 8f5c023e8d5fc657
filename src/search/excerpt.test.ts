import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { excerpt } from './excerpt.ts';
import { normalise } from './fold.ts';
import { normaliseMapped } from './offsets.ts';
import { parseQuery } from './parse-query.ts';
import { sentences } from './sentences.fixture.ts';
import { queryTokens } from './tokens.ts';

const parts = (text: string, query: string): readonly string[] | undefined =>
  excerpt(text, parseQuery(query))?.parts;
const marked = (text: string, query: string): readonly string[] | undefined =>
  parts(text, query)?.filter((_, index) => index % 2 === 1);

test('the words found are marked as they stand in the text', () => {
  deepEqual(parts('The  Café\n is here', 'cafe'), ['The ', 'Café', ' is here']);
  deepEqual(parts('离线安装指南', '安装'), ['离线', '安装', '指南']);
  deepEqual(parts('离线安装指南', '安'), ['离线', '安', '装指南']);
  deepEqual(parts('离线安装指南', '离线 安装'), ['', '离线安装', '指南']);
  deepEqual(marked('使用ＯｐｅｎＳｈｉｆｔ安装', 'openshift安'), ['ＯｐｅｎＳｈｉｆｔ安']);
  deepEqual(marked('a mirror, two mirrors', 'mirr'), ['mirror', 'mirrors']);
  deepEqual(marked('a mirror, two mirrors', 'mirror '), ['mirror']);
  deepEqual(marked('see v4.5.9 and 4.5', '4.5.9'), ['4.5.9']);
  deepEqual(marked('ｶﾞﾗｽとガラス', 'ガラス'), ['ｶﾞﾗｽ', 'ガラス']);
  deepEqual(marked('family 👨‍👩‍👧 here', '👩'), ['👨‍👩‍👧']);
});

test('only what is asked of the text is marked', () => {
  equal(parts('apple', 'title:apple'), undefined);
  equal(parts('apple', 'pear'), undefined);
  equal(parts('apple', '-apple'), undefined);
  equal(parts('apple', ''), undefined);
  equal(parts('', 'apple'), undefined);
  deepEqual(marked('apple pear plum', 'text:apple -pear (plum OR tag:x)'), ['apple', 'plum']);
});

test('the place where most of the words stand together is shown, the earliest of equals', () => {
  const far = 'nothing to see here. '.repeat(300);
  const text = `${far}one apple ${far}an apple with a pear ${far}again an apple with a pear ${far}`;
  const [before, first, between, second] = parts(text, '"apple" "pear"')!;
  ok(before!.startsWith('…') && before!.endsWith('an '));
  deepEqual([first, between, second], ['apple', ' with a ', 'pear']);
  ok(!before!.includes('again'));
});

test('an excerpt has about the length asked for and begins and ends between words', () => {
  const text = `${'some words before '.repeat(50)}needle${' some words after'.repeat(50)}`;
  const all = parts(text, 'needle')!.join('');
  ok(all.length > 190 && all.length <= 245, `${all.length}`);
  ok(/^…(some|words|before) /.test(all) && / (some|words|after)…$/.test(all), all);
  ok(excerpt(text, parseQuery('needle'), { length: 40 })!.parts.join('').length <= 45);
  const chinese = '没有空格的中文'.repeat(100);
  equal([...parts(`${chinese}离线安装${chinese}`, '离线安装')!.join('')].length, 242);
  ok(excerpt('x'.repeat(1_500), parseQuery('xxx'))!.parts.join('').length <= 245);
});

test('words are found wherever they stand in a long text, also across what the search takes in pieces', () => {
  for (let at = 1_700; at < 2_700; at += 7) {
    deepEqual(marked(`${'的 '.repeat(at)}mirror registry${' 的'.repeat(3_000)}`, '"mirror registry"'), [
      'mirror registry',
    ]);
    deepEqual(marked(`${'。'.repeat(at)}离线安装${'的'.repeat(3_000)}`, '离线安装'), ['离线安装']);
  }
  equal(excerpt(`${'x '.repeat(900)}needle`, parseQuery('needle'), { scanCharacters: 1_000 }), undefined);
});

test('no excerpt cuts a character, whatever stands around the words', () => {
  const unit = fc.constantFrom('𠮷', '👨‍👩‍👧', 'e\u0301', '🇨🇳', '安', ' ', 'ｶﾞ', '각', '葛\u{e0100}', 'x');
  fc.assert(
    fc.property(
      fc.array(unit, { maxLength: 60 }),
      fc.array(unit, { maxLength: 60 }),
      fc.integer({ min: 4, max: 60 }),
      (a, b, length) => {
        const text = `${a.join('')} needle ${b.join('')}`;
        const found = excerpt(text, parseQuery('needle'), { length });
        ok(found);
        equal(found.parts.length % 2, 1);
        ok(found.parts.slice(1).some((part) => 'needle'.startsWith(part) && part !== ''));
        const shown = found.parts.join('').replace(/^…|…$/g, '').trim();
        ok(shown.isWellFormed());
        ok(text.replace(/\s+/g, ' ').includes(shown), JSON.stringify([text, shown]));
        const allowed = new Set([...'needle', ...a, ...b, ' ']);
        for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(shown))
          ok(
            allowed.has(segment) || [...allowed].some((one) => segment.startsWith(one)),
            JSON.stringify(segment),
          );
      },
    ),
    { numRuns: 300 },
  );
});

test('every word that the index finds in a sentence is marked in its excerpt', () => {
  for (const sentence of sentences) {
    for (const word of sentence.split(/[\s，。、；！？：“”（）]+/u)) {
      if (queryTokens(word, false).tokens.length === 0) continue;
      const found = excerpt(sentence, { type: 'words', text: word, phrase: true });
      ok(found, `${word} in ${sentence}`);
      ok(normalise(found.parts.join('')).includes(normalise(word)), word);
    }
  }
});

test('a mapped text is the normalised text and knows its way back', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'aé안각，…ｶﾞ½㎏ﬁ\u00ad\u0301安𠮷 ')), (characters) => {
      const original = characters.join('');
      const mapped = normaliseMapped(original);
      equal(mapped.text, normalise(original));
      let before = 0;
      for (let i = 0; i <= mapped.text.length; i++) {
        ok(mapped.originOf(i) >= before);
        before = mapped.originOf(i);
      }
      equal(before, original.length);
    }),
  );
});
