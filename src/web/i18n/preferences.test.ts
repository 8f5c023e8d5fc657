import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePreferences, pickLanguage } from './preferences.ts';

test('parsePreferences() takes defaults for whatever it does not understand', () => {
  const defaults = { language: '', theme: 'system', view: 'list' };
  for (const stored of [null, '', '{', '[]', 'null', '"x"', '{"language":"fr","theme":1,"view":{}}'])
    assert.deepEqual(parsePreferences(stored), defaults);
  assert.deepEqual(parsePreferences('{"language":"zh-CN","theme":"dark","view":"cards"}'), {
    language: 'zh-CN',
    theme: 'dark',
    view: 'cards',
  });
});

test('pickLanguage() follows the choice, then the first browser language with a catalog, then English', () => {
  assert.equal(pickLanguage('en', ['zh-CN']), 'en');
  assert.equal(pickLanguage('', ['fr', 'zh-TW', 'en']), 'zh-CN');
  assert.equal(pickLanguage('', ['de', 'en-GB', 'zh']), 'en');
  assert.equal(pickLanguage('', ['fr']), 'en');
});
