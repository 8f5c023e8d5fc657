import { deepEqual, equal, ok } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { normalise } from './fold.ts';
import { documentTokens, queryTokens, tokenise } from './tokens.ts';

const cut = (text: string): string => [...documentTokens(text)].join(' ');

const examples: readonly (readonly [string, string])[] = [
  ['离线安装', '离线 线安 安装 装'],
  ['使用OpenShift安装', '使用 用 openshift 安装 装'],
  ['检索、する', '检索 索 する る'],
  ['𠮷野家', '𠮷野 野家 家'],
  ['葛\u{e0100}城', '葛城 城'],
  ['ｶﾞﾗｽ', 'ガラ ラス ス'],
  ['サーバー', 'サー ーバ バー ー'],
  ['설치 안내', '설치 치 안내 내'],
  ['ภาษา', 'ภา าษ ษา า'],
  ['Café Ærø Łódź', 'cafe aero lodz'],
  ['STRASSE Straße', 'strasse strasse'],
  ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
  ['Ёлка й', 'елка й'],
  ['مُحَمَّد', 'محمد'],
  ['ﬁle Ｆｕｌｌ Ⅳ', 'file full iv'],
  ['infra\u00adstructure soft\u200bspace', 'infrastructure softspace'],
  ['rhcos-4.5.6-x86_64', 'rhcos 4 5 6 x86 64'],
  ['v4.5.9 v1beta1 IPv4', 'v 4 5 9 v1beta1 ipv4'],
  ['foo_bar openshift-install', 'foo bar openshift install'],
  ["don't l’application", 'don t l application'],
  ['https://x.org:8080/a?b=c#d', 'https x org 8080 a b c d'],
  ['done 🚀 in 🇨🇳', 'done 🚀 in 🇨🇳'],
  ['\ud800 ... \udc00', ''],
  ['x'.repeat(100), `${'x'.repeat(64)} ${'x'.repeat(36)}`],
];

test('a text is cut into the tokens of the table', () => {
  for (const [text, tokens] of examples) equal(cut(text), tokens, text);
});

test('simplified and traditional characters stay different', () => {
  ok(!cut('離線').includes('离'));
});

test('tokens hold only what the engines take as one token', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const token of documentTokens(text)) {
        ok(/^(?:[a-z0-9]|[^\0-\x7f])+$/u.test(token), JSON.stringify(token));
        ok(token.isWellFormed());
        ok([...token].length <= 64 * 2);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('tokens stand in order where they were cut from', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (written) => {
      const text = normalise(written);
      let start = 0;
      for (const token of tokenise(text)) {
        ok(token.start >= start && token.end > token.start && token.end <= text.length);
        start = token.start;
      }
    }),
  );
});

test('a query asks for the last pair of a run and not for its last character, which may go on', () => {
  deepEqual(queryTokens('离线安装', false), { tokens: ['离线', '线安', '安装'], open: false });
  deepEqual(queryTokens('安', false), { tokens: ['安'], open: true });
  deepEqual(queryTokens('用openshift安', false), { tokens: ['用', 'openshift', '安'], open: true });
  deepEqual(queryTokens('mirr', true), { tokens: ['mirr'], open: true });
  deepEqual(queryTokens('mirr', false), { tokens: ['mirr'], open: false });
  deepEqual(queryTokens('...', true), { tokens: [], open: false });
});

test('whatever stands in a text is asked for by tokens that the text has, side by side', () => {
  const unit = fc.constantFrom(..."安装指南のカ한aéß9v-_. ，'");
  fc.assert(
    fc.property(fc.array(unit), fc.nat(), fc.nat(), (characters, a, b) => {
      const at = a % (characters.length + 1);
      const part = characters.slice(at, at + (b % 12));
      // A part that cuts a Latin word is not a word of the text.
      const letter = (character: string | undefined): boolean =>
        /[\p{L}\p{N}]/u.test(character ?? '') && !/[\p{Lo}]/u.test(character!);
      if (letter(characters[at - 1]) || letter(characters[at + part.length])) return;
      const whole = [...documentTokens(characters.join(''))];
      const { tokens, open } = queryTokens(part.join(''), false);
      if (tokens.length === 0) return;
      const found = whole.some((_, from) =>
        tokens.every((token, i) =>
          open && i === tokens.length - 1 ? whole[from + i]?.startsWith(token) : whole[from + i] === token,
        ),
      );
      ok(found, `${part.join('')} in ${characters.join('')}`);
    }),
    { numRuns: 2_000 },
  );
});
