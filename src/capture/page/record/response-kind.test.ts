import assert from 'node:assert/strict';
import { test } from 'node:test';
import { charsetOf, isDownload, isEndless, mediaTypeOf } from './response-kind.ts';

const typed = (value: string) => [['content-TYPE', value]] as const;

test('mediaTypeOf() and charsetOf() read Content-Type as it comes', () => {
  const cases: [string, string, string | undefined][] = [
    ['text/html', 'text/html', undefined],
    ['Text/HTML ; Charset="GBK"', 'text/html', 'GBK'],
    ['text/css;charset=utf-8;x=y', 'text/css', 'utf-8'],
    ['image/svg+xml', 'image/svg+xml', undefined],
    ['nonsense', 'application/octet-stream', undefined],
    ['text/html\nx/y', 'application/octet-stream', undefined],
    ['', 'application/octet-stream', undefined],
  ];
  for (const [value, type, charset] of cases)
    assert.deepEqual([mediaTypeOf(typed(value)), charsetOf(typed(value))], [type, charset], value);
  assert.equal(mediaTypeOf([]), 'application/octet-stream');
});

test('isDownload() tells pages from what a browser would save or only play', () => {
  for (const type of [
    ...['text/html', 'text/plain', 'image/png', 'application/xhtml+xml', 'application/json', 'text/xml'],
    ...['application/ld+json', 'application/atom+xml', 'application/javascript', 'multipart/x-mixed-replace'],
  ])
    assert.equal(isDownload(typed(type)), false, type);
  for (const type of ['application/pdf', 'application/zip', 'video/mp4', 'audio/ogg', 'nonsense'])
    assert.equal(isDownload(typed(type)), true, type);
  assert.equal(isDownload([]), false);
  const sent = (disposition: string) =>
    isDownload([...typed('text/html'), ['Content-Disposition', disposition]]);
  assert.deepEqual([' Attachment; filename=x', 'attachment', 'inline', 'attachments'].map(sent), [
    true,
    true,
    false,
    false,
  ]);
});

test('isEndless() knows the kinds that never end by themselves', () => {
  assert.deepEqual(
    ['text/event-stream', 'multipart/x-mixed-replace; boundary=x', 'text/html'].map((type) =>
      isEndless(typed(type)),
    ),
    [true, true, false],
  );
});
