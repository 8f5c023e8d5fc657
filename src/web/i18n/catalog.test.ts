import assert from 'node:assert/strict';
import { test } from 'node:test';
import { web as en } from '../../texts/en/web.ts';
import { web as zh } from '../../texts/zh-cn/web.ts';

function* leaves(value: unknown, path: string): Generator<[string, unknown]> {
  if (typeof value === 'object' && value !== null)
    for (const [key, below] of Object.entries(value)) yield* leaves(below, path ? `${path}.${key}` : key);
  else yield [path, value];
}
const english = new Map(leaves(en, ''));
const chinese = new Map(leaves(zh, ''));
/** Texts that are the same in both languages on purpose, and one that is empty in both. */
const alike = ['appName', 'job.kinds.pdf', 'link.formats.pdf', 'link.formats.md', 'link.noteState.idle'];

test('both catalogs hold the same texts, of the same kind', () => {
  assert.deepEqual([...chinese.keys()], [...english.keys()]);
  for (const [path, text] of english) assert.equal(typeof chinese.get(path), typeof text, path);
});

test('every text of the Chinese catalog is Chinese', () => {
  for (const [path, text] of chinese) {
    if (alike.includes(path)) continue;
    const shown = typeof text === 'function' ? text(2, 3) : text;
    assert.match(shown as string, /\p{Script=Han}/u, path);
    assert.doesNotMatch(shown as string, /undefined|NaN|\[object/, path);
  }
});

test('English texts count one and many', () => {
  assert.equal(en.add.submit(12), 'Add 12 links');
  assert.equal(en.add.result(3, 1), '3 new, 1 was here already');
  assert.equal(en.trash.confirmTitle(1), 'Delete 1 link for good?');
  for (const [path, text] of english)
    if (typeof text === 'function')
      assert.doesNotMatch(text(1, 1), /undefined|NaN|\b1 (?:links|jobs|lines|versions)\b/, path);
});
