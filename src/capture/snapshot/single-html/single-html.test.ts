import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Descriptor, type Digest, digestOf, hasCode } from '../../../kernel/index.ts';
import { MemoryBlobStore } from '../../../store/index.ts';
import { referenceTo } from '../../page/compose/references.ts';
import { pageConfig } from '../testing/stored-page.ts';
import { mainHead } from './head.ts';
import { referenceLength, splitAtReferences } from './references.ts';
import { singleHtml } from './single-html.ts';

const snapshot = digestOf('a snapshot');

/** Puts blobs in and assembles a document that may refer to them. */
function workshop() {
  const store = new MemoryBlobStore();
  const resources = new Map<Digest, Descriptor>();
  const add = async (mediaType: string, content: string | Uint8Array): Promise<string> => {
    const { digest, sizeBytes } = await store.put(Buffer.from(content));
    resources.set(digest, { mediaType, digest, size: sizeBytes });
    return referenceTo(digest);
  };
  const assemble = async (
    html: string,
    { url = pageConfig.url, limitBytes }: { url?: string; limitBytes?: number } = {},
  ) => {
    const { digest, sizeBytes } = await store.put(Buffer.from(html));
    const document = { mediaType: 'text/html', digest, size: sizeBytes };
    const head = mainHead(snapshot, { ...pageConfig, url });
    const file = await singleHtml({ store, snapshot, document, resources, head }, limitBytes);
    const bytes = await buffer(file.body);
    assert.equal(bytes.length, file.sizeBytes, 'the size that was promised');
    return bytes.toString();
  };
  return { store, add, assemble };
}

const inBase64 = (text: string) => Buffer.from(text, 'base64').toString();

test('every reference becomes a data URI, with what stands behind it left in place', async () => {
  const { add, assemble } = workshop();
  const picture = Buffer.from([0, 255, 1, 254, 7]);
  const image = await add('image/png', picture);
  const sprite = await add('image/svg+xml', '<svg/>');
  const html = await assemble(
    `<!DOCTYPE html><html lang="zh"><img src="${image}" srcset="${image} 1x, ${sprite} 2x"><use href="${sprite}#a">`,
  );
  const png = `data:image/png;base64,${picture.toString('base64')}`;
  const svg = `data:image/svg+xml;base64,${Buffer.from('<svg/>').toString('base64')}`;
  assert.ok(html.endsWith(`<img src="${png}" srcset="${png} 1x, ${svg} 2x"><use href="${svg}#a">`), html);
});

test('stylesheets and frames carry what they refer to, at every depth', async () => {
  const { add, assemble } = workshop();
  const font = await add('font/woff2', 'font bytes');
  const inner = await add('text/css', `@font-face{src:url(${font})}`);
  const outer = await add('text/css', `@import "${inner}";`);
  const frame = await add('text/html', `<!doctype html><link rel=stylesheet href="${outer}">`);
  const html = await assemble(`<!DOCTYPE html><iframe src="${frame}"></iframe>`);
  assert.doesNotMatch(html, /sha256-[0-9a-f]{64}/);
  const frameHtml = inBase64(/src="data:text\/html;charset=utf-8;base64,([^"]+)"/.exec(html)![1]!);
  assert.match(frameHtml, /^<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"/);
  const outerCss = decodeURIComponent(/href="data:text\/css;charset=utf-8,([^"]+)"/.exec(frameHtml)![1]!);
  const innerCss = inBase64(/data:text\/css;charset=utf-8;base64,([^"]+)"/.exec(outerCss)![1]!);
  assert.equal(innerCss, `@font-face{src:url(data:font/woff2;base64,${btoa('font bytes')})}`);
});

test('a stylesheet that is linked stands as text, and is the same stylesheet', async () => {
  const { add, assemble } = workshop();
  const image = await add('image/png', 'x');
  const css = (picture: string) =>
    `h1{color:rgb(1,2,3)}\n\t/* 100% <b> & "中文" */ a::after{content:'#';background:url(${picture})}\u007f`;
  const html = await assemble(
    `<!DOCTYPE html><link rel="stylesheet" href="${await add('text/css', css(image))}">`,
  );
  const uri = / href="(data:[^"]+)"/.exec(html)![1]!;
  assert.match(uri, /^data:text\/css;charset=utf-8,h1{color:rgb\(1,2,3\)}/);
  assert.equal(await (await fetch(uri)).text(), css('data:image/png;base64,eA=='));
});

test('a stylesheet that is imported, or that an element without quotes names, is in base 64', async () => {
  const { add, assemble } = workshop();
  const sheet = await add('text/css', 'p{}');
  const html = await assemble(`<!DOCTYPE html><style>@import url(${sheet})</style><link href=${sheet}>`);
  assert.equal(html.match(/data:text\/css;charset=utf-8;base64,cHt9/g)?.length, 2);
});

test('the policy and the encoding stand behind the doctype and in front of all else', async () => {
  const { assemble } = workshop();
  const html = await assemble('<!DOCTYPE html>\n<html lang="en"><head><title>t</title>');
  assert.match(
    html,
    /^<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; /,
  );
  assert.match(html, /-->\n<html lang="en">/);
  const quirks = await assemble('<html>no doctype');
  assert.match(quirks, /^<meta charset="utf-8">/);
});

test('a hostile URL cannot leave the comment nor bring a reference in', async () => {
  const { add, assemble } = workshop();
  const image = await add('image/png', 'secret');
  const html = await assemble('<!DOCTYPE html>x', {
    url: `https://e.org/--><script>alert(1)</script>--!>\n${image}`,
  });
  assert.equal(html.match(/-->/g)?.length, 1);
  assert.doesNotMatch(html, /<script|--!>|base64/);
});

test('a media type cannot leave the attribute that it is put into', async () => {
  const { add, assemble } = workshop();
  const html = await assemble(`<img src="${await add('image/png"><script>', 'x')}">`);
  assert.match(html, /<img src="data:application\/octet-stream;base64,eA==">$/);
});

test('what looks like a reference and is none of this snapshot stays as it is', async () => {
  const { store, assemble } = workshop();
  const foreign = referenceTo((await store.put(Buffer.from('of another snapshot'))).digest);
  assert.ok((await assemble(`<p>${foreign} sha256-abc`)).endsWith(`<p>${foreign} sha256-abc`));
});

test('a page that would be too large is refused before the first byte, however it multiplies', async () => {
  const { add, assemble } = workshop();
  let reference = await add('image/png', 'x'.repeat(10_000));
  for (let level = 0; level < 10; level++)
    reference = await add('text/css', `@import "${reference}";`.repeat(100 + level));
  const tooLarge = (error: unknown) => hasCode(error, 'capture.tooLargeAsHtml');
  await assert.rejects(assemble(`<link rel=stylesheet href="${reference}">`), tooLarge);
  await assert.rejects(assemble('x'.repeat(5_000), { limitBytes: 5_000 }), tooLarge);
});

test('a chain that is too deep ends in an empty resource', async () => {
  const { add, assemble } = workshop();
  let reference = await add('text/css', 'p{color:red}');
  for (let level = 0; level < 20; level++) reference = await add('text/css', `@import "${reference}";`);
  let css = await assemble(`<link href="${reference}">`);
  let depth = 0;
  for (let found = true; found; depth++) {
    const uri = /data:text\/css;charset=utf-8(;base64)?,([^"]+)/.exec(css);
    found = uri !== null;
    if (uri) css = uri[1] ? inBase64(uri[2]!) : decodeURIComponent(uri[2]!);
  }
  assert.equal(css, '@import "data:,";');
  assert.equal(depth, 13);
});

test('what a stranger stored does nothing by itself: no refresh, no connection ahead, in a frame neither', async () => {
  const { add, assemble } = workshop();
  const acts = '<meta http-equiv=refresh content="0;url=http://x/"><link rel=preconnect href=//x>';
  const frame = await add('text/html', `<!DOCTYPE html>${acts}`);
  const html = await assemble(`<!DOCTYPE html>${acts}<iframe src="${frame}" srcdoc="${acts}"></iframe>`);
  const inner = inBase64(/src="data:text\/html;charset=utf-8;base64,([^"]+)"/.exec(html)![1]!);
  for (const document of [html, inner]) {
    assert.doesNotMatch(document, /[\s"]http-equiv=refresh|[\s"]rel=preconnect|[\s"]srcdoc=/);
    assert.match(document, /xttp-equiv=refresh/);
    assert.match(document, /http-equiv="Content-Security-Policy"/);
  }
  const unfit = (error: unknown) => hasCode(error, 'capture.badSnapshot');
  await assert.rejects(assemble('<link '.repeat(20_000)), unfit);
});

test('a missing blob is named before the first byte', async () => {
  const { store, add, assemble } = workshop();
  const image = await add('image/png', 'lost');
  await store.delete(digestOf('lost'));
  await assert.rejects(assemble(`<img src="${image}">`), (error) => hasCode(error, 'capture.badSnapshot'));
});

test('references are found wherever a chunk ends', async () => {
  const name = `sha256-${'0123456789abcdef'.repeat(4)}`;
  const part = fc.constantFrom(
    name,
    'sha256-',
    'sha',
    'sha256-sha256-',
    `${name.slice(0, 60)}`,
    ' text ',
    '0',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part), fc.integer({ min: 1, max: 90 }), async (parts, size) => {
      const text = parts.join('');
      async function* chunks() {
        for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
      }
      let marked = '';
      for await (const piece of splitAtReferences(chunks()))
        marked += typeof piece === 'string' ? `[${piece.replace(':', '-')}]` : Buffer.from(piece).toString();
      assert.equal(marked, text.replace(/sha256-[0-9a-f]{64}/g, '[$&]'));
    }),
    { numRuns: 300 },
  );
  assert.equal(referenceLength, name.length);
});
