import { deepEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { sentences } from './sentences.fixture.ts';
import type { SearchIndex } from './types.ts';

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Words by means that share nothing with our tokens: runs of letters that have case, and of digits. */
function wordsOf(text: string): Set<string> {
  const runs = plain(text).match(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Mn}0-9]+/gu) ?? [];
  return new Set(runs.map(bare).filter((word) => word !== ''));
}

const bare = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/æ/g, 'ae')
    .replace(/ø/g, 'o');

function hanParts(text: string): Set<string> {
  const parts = new Set<string>();
  for (const [run] of plain(text).matchAll(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Hangul}]+/gu,
  )) {
    const characters = [...run];
    for (let length = 1; length <= 3; length++)
      for (let at = 0; at + length <= characters.length; at++)
        parts.add(characters.slice(at, at + length).join(''));
  }
  return parts;
}

/** Compares the index with a search by plain comparison of texts, for every word that the sentences hold. */
export function recallContract(open: () => Promise<SearchIndex>): void {
  const ids = (holds: (sentence: string) => boolean): string[] =>
    sentences.flatMap((sentence, number) => (holds(sentence) ? [String(number)] : [])).sort();

  test('every sequence of one to three Chinese, Japanese or Korean characters finds the sentences that hold it and no other', async () => {
    const index = await filled(open);
    const parts = new Set(sentences.flatMap((sentence) => [...hanParts(sentence)]));
    ok(parts.size > 750);
    for (const part of parts) {
      const found = await index.match({ type: 'words', text: part, phrase: true });
      deepEqual(
        [...found.keys()].sort(),
        ids((sentence) => hanParts(sentence).has(part)),
        part,
      );
    }
  });

  test('every word finds the sentences that hold it and no other', async () => {
    const index = await filled(open);
    const words = new Set(sentences.flatMap((sentence) => [...wordsOf(sentence)]));
    ok(words.size > 100);
    for (const word of words) {
      const found = await index.match({ type: 'words', text: word, phrase: true });
      // "v1" is kept as "v" and "1".
      const holds = (sentence: string): boolean =>
        wordsOf(sentence).has(word) || (/^\d+$/.test(word) && wordsOf(sentence).has(`v${word}`));
      deepEqual([...found.keys()].sort(), ids(holds), word);
    }
  });

  test('every sentence is found by the whole of itself', async () => {
    const index = await filled(open);
    for (const [number, text] of sentences.entries())
      ok((await index.match({ type: 'words', text, phrase: true })).has(String(number)), text);
  });
}

async function filled(open: () => Promise<SearchIndex>): Promise<SearchIndex> {
  const index = await open();
  for (const [number, text] of sentences.entries())
    await index.put({ id: String(number), title: '', url: '', note: '', tags: [], text });
  return index;
}
