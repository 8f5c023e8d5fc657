import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileNameFor, fileNameOfUrl, safeName } from './file-name.ts';

test('a title in any script becomes a name, and what file systems refuse is left out', () => {
  const named = (title: string) =>
    fileNameFor({ title, finalUrl: 'https://docs.example.org:8080/a' }, 'html');
  assert.equal(named('离线安装指南'), '离线安装指南.html');
  assert.equal(named('a/b\\c: "d" <e>?\n|f*'), 'a b c d e f.html');
  assert.equal(named('../../etc/passwd'), 'etc passwd.html');
  assert.equal(named(' \u202E '), 'docs.example.org 8080.html');
  assert.equal(named('CON'), '_CON.html');
  assert.equal(fileNameFor({ title: '', finalUrl: 'no url' }, 'pdf'), 'snapshot.pdf');
});

test('a file keeps the last part of its path', () => {
  assert.equal(fileNameOfUrl('https://e.org/a/%E6%89%8B%E5%86%8C.tar.gz?x=1', 't'), '手册.tar.gz');
  assert.equal(fileNameOfUrl('https://e.org/a/..%2F..%2Fx', 't'), 'x');
  assert.equal(fileNameOfUrl('https://e.org/', 'Title'), 'Title');
  assert.equal(fileNameOfUrl('https://e.org/%FF', ''), '%FF');
});

test('no text gives a name with a separator, a control or more than 200 bytes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      const name = safeName(text);
      assert.doesNotMatch(name, /[\p{Cc}\p{Cf}/\\:*?"<>|]|^[. ]|[. ]$/u);
      assert.ok(Buffer.byteLength(name) <= 200);
    }),
  );
});
