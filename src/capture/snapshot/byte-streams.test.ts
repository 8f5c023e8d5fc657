import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { asUriText, uriTextLength } from './byte-streams.ts';

test('asUriText() escapes what a data URI in an attribute cannot hold, in as many pieces as came', async () => {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const given = [all, new Uint8Array(), Buffer.from('a{b:c}\n'.repeat(1_000))];
  const pieces = await Array.fromAsync(asUriText(Readable.from(given)));
  assert.equal(pieces.length, 2);
  assert.equal(Buffer.concat(pieces).length, uriTextLength(Buffer.concat(given)));
  const text = Buffer.from(pieces[0]!.subarray(0, -128)).toString();
  assert.deepEqual(pieces[0]!.subarray(-128), Buffer.from(all.subarray(128)));
  assert.equal(decodeURIComponent(text), Buffer.from(all.subarray(0, 128)).toString());
  assert.equal(
    text.replace(/%[0-9A-F]{2}/g, ''),
    ` !$'()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_\`abcdefghijklmnopqrstuvwxyz{|}~`,
  );
});
