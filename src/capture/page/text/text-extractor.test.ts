import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTextExtractor } from './text-extractor.ts';

const paragraph = `<p>${'A sentence of ordinary length, with a comma in its middle. '.repeat(6)}</p>`;
const page = (count: number) => ({
  html: `<html><head><title>Pages</title></head><body><h1>Pages</h1>${paragraph.repeat(count)}</body></html>`,
  url: 'https://example.org/',
  visibleText: 'what was seen',
});

test('pages are read one after another and at a time, by the same workers', async (t) => {
  const extractor = createTextExtractor({ workers: 2 });
  t.after(() => extractor.close());
  const all = await Promise.all(Array.from({ length: 7 }, (_, index) => extractor.extract(page(3 + index))));
  assert.deepEqual(
    all.map(({ text }) => text.match(/A sentence/g)?.length),
    [18, 24, 30, 36, 42, 48, 54],
  );
});

test('a page that takes too long gives what was seen, and the next one is read', async (t) => {
  const extractor = createTextExtractor({ workers: 1, timeoutMs: 1 });
  t.after(() => extractor.close());
  const late = await extractor.extract(page(20_000));
  assert.deepEqual([late.text, late.articleHtml], ['what was seen', '']);
  const patient = createTextExtractor({ workers: 1 });
  t.after(() => patient.close());
  assert.match((await patient.extract(page(3))).text, /^Pages\n\nA sentence/);
});

test('a page that needs too much memory takes its worker down and nothing else', async (t) => {
  const extractor = createTextExtractor({ workers: 1, maxHeapMb: 40 });
  t.after(() => extractor.close());
  const large = await extractor.extract(page(15_000));
  assert.equal(large.text, 'what was seen');
  assert.equal(large.title, 'Pages');
  assert.match((await extractor.extract(page(3))).text, /^Pages\n\nA sentence/);
});

test('whoever gives up is told so, and leaves the place to others', async (t) => {
  const extractor = createTextExtractor({ workers: 1 });
  t.after(() => extractor.close());
  const running = new AbortController();
  const queued = new AbortController();
  const first = extractor.extract(page(20_000), running.signal);
  const second = extractor.extract(page(3), queued.signal);
  const third = extractor.extract(page(4));
  queued.abort(new Error('no longer wanted'));
  await assert.rejects(second, /no longer wanted/);
  running.abort(new Error('stopped'));
  await assert.rejects(first, /stopped/);
  assert.match((await third).text, /^Pages/);
  await assert.rejects(extractor.extract(page(3), AbortSignal.abort(new Error('before'))), /before/);
});

test('close() ends the workers, and what is under way gives what was seen', async () => {
  const extractor = createTextExtractor({ workers: 1 });
  const running = extractor.extract(page(20_000));
  await extractor.close();
  assert.equal((await running).text, 'what was seen');
  assert.equal((await extractor.extract(page(3))).text, 'what was seen');
});
