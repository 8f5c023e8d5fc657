import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTag } from './parse-tag.ts';

test('parseTag() trims, keeps the case and knows the levels', () => {
  assert.deepEqual(parseTag('  OCP / 4.5 '), { name: 'OCP/4.5', key: 'ocp/4.5', paths: ['ocp', 'ocp/4.5'] });
  assert.equal(parseTag('e\u0301tude').key, parseTag('Étude').key);
  assert.equal(parseTag('离线/安装').name, '离线/安装');
  assert.equal(parseTag('two   words').name, 'two words');
});

test('parseTag() refuses what cannot be a tag', () => {
  for (const bad of ['', '  ', '/', 'a//b', '/a', 'a/', 'a,b', 'a\u0000b', 'a\nb', 'x'.repeat(101), '\ud800'])
    assert.throws(() => parseTag(bad), { code: 'links.badTag' }, JSON.stringify(bad));
  assert.equal(parseTag('中'.repeat(100)).name.length, 100);
});
