import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeCss } from './decode-css.ts';

const gbk = Buffer.from([0xd6, 0xd0]); // 中
const typed = (value: string) => [['Content-Type', value]] as const;

test('decodeCss() asks the byte order mark, the header, @charset, then the document', () => {
  const utf8 = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('中')]);
  assert.equal(decodeCss(utf8, typed('text/css; charset=gbk'), 'gbk'), '中');
  assert.equal(decodeCss(Buffer.from('\ufeff中', 'utf16le'), typed('text/css; charset=gbk'), 'gbk'), '中');
  assert.equal(decodeCss(Buffer.from([0xfe, 0xff, 0x4e, 0x2d]), [], 'gbk'), '中');
  assert.equal(decodeCss(gbk, typed('text/css;charset="GBK"'), 'utf-8'), '中');
  assert.equal(
    decodeCss(Buffer.concat([Buffer.from('@charset "gbk";'), gbk]), [], 'utf-8'),
    '@charset "gbk";中',
  );
  assert.equal(decodeCss(gbk, [], 'gbk'), '中');
  assert.equal(decodeCss(Buffer.from('中'), [], 'utf-8'), '中');
});

test('decodeCss() takes no name of an encoding at its word that cannot be right', () => {
  assert.match(decodeCss(Buffer.from('@charset "utf-16";中'), [], 'gbk'), /中$/);
  assert.equal(decodeCss(Buffer.from('中'), typed('text/css; charset=no-such-thing'), 'gbk'), '中');
  assert.equal(decodeCss(Buffer.from('中'), [], ''), '中');
  assert.equal(decodeCss(Buffer.alloc(0), [], 'utf-8'), '');
  // Only the exact form counts: CSS Syntax level 3, 3.2.
  assert.match(decodeCss(Buffer.concat([Buffer.from("@charset 'gbk';"), gbk]), [], 'utf-8'), /\ufffd/);
});

test('decodeCss() reads broken bytes to the end', () => {
  assert.match(decodeCss(Buffer.from([0x61, 0xff, 0xfe, 0x62]), [], 'utf-8'), /^a.*b$/);
});
