import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOf } from '../../../kernel/index.ts';
import { escapeReferences, referenceTo } from './references.ts';

const hex = 'ab'.repeat(32);

test('referenceTo() is a relative address that needs no escaping', () => {
  assert.match(referenceTo(digestOf(Buffer.from('x'))), /^sha256-[0-9a-f]{64}$/);
});

test('escapeReferences() leaves no reference, changes nothing else, and may be read back', () => {
  const text = `sha256-${hex} sha256-abc sha256:${hex} SHA256-${hex} sha256-sha256-${hex}`;
  for (const [language, mark] of [
    ['html', '&#45;'],
    ['css', '\\2d '],
    ['url', '%2D'],
  ] as const) {
    const escaped = escapeReferences(text, language);
    assert.doesNotMatch(escaped, /sha256-[0-9a-f]{64}/);
    assert.equal(escaped.replaceAll(`sha256${mark}`, 'sha256-'), text);
  }
});
