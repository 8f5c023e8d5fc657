import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { digestOf } from '../../../kernel/index.ts';
import type { Parts } from '../serialize/dom/types.ts';
import type { SerializedFrame } from '../serialize/frames.ts';
import { exchange } from '../testing/exchange.ts';
import { countTurns } from '../testing/turns.ts';
import { type ComposeInput, composeDocument } from './compose-document.ts';
import { indexResources } from './resources.ts';

const base = 'https://site.test/';
const hex = 'ab'.repeat(32);

function frameOf(parts: Parts, frames: Record<string, SerializedFrame> = {}): SerializedFrame {
  return {
    parts,
    url: base,
    charset: 'UTF-8',
    frames: new Map(Object.entries(frames)),
  } as Partial<SerializedFrame> as SerializedFrame;
}

/** Composes a frame over these pictures and sheets (by path). */
async function compose(
  frame: SerializedFrame,
  files: Record<string, string> = {},
  rest: Partial<ComposeInput> = {},
) {
  const exchanges = Object.entries(files).map(([path, text]) =>
    exchange(base + path, { text, type: path.endsWith('.css') ? 'stylesheet' : 'image' }),
  );
  const composed = await composeDocument({
    frame,
    resources: indexResources(exchanges),
    sheetText: (url) => (url.endsWith('.css') ? files[url.slice(base.length)] : undefined),
    blobs: new Map(),
    cuts: [],
    ...rest,
  });
  const made = (reference: string) =>
    Buffer.from(composed.made.get(`sha256:${reference.slice(-64)}` as never)?.bytes ?? '').toString();
  return { ...composed, made };
}
const reference = (text: string) => digestOf(Buffer.from(text)).replace(':', '-');
const references = (text: string) => text.match(/sha256-[0-9a-f]{64}/g) ?? [];

describe('composeDocument()', () => {
  test('puts pictures in their places, and wants those that nobody asked for', async () => {
    const { html, plain, wanted } = await compose(
      frameOf(['<img src="', ['img', `${base}a.svg#icon`], '"><img src="', ['img', `${base}b.png`], '">']),
      { 'a.svg': 'A' },
    );
    assert.equal(html, `<img src="${reference('A')}#icon"><img src="data:,">`);
    assert.equal(plain, `<img src="${base}a.svg#icon"><img src="${base}b.png">`);
    assert.deepEqual([...wanted], [`${base}b.png`]);
  });

  test('keeps frames in frames, and leaves out one that is not there', async () => {
    const inner = frameOf(['inner <img src="', ['img', `${base}a.png`], '">']);
    const { html, made } = await compose(
      frameOf(['', ['frame', 'f'], '|', ['frame', 'none']], {
        f: frameOf(['', ['frame', 'g']], { g: inner }),
      }),
      {
        'a.png': 'A',
      },
    );
    const [first] = references(html);
    assert.ok(html.endsWith('|data:text/html,'));
    assert.equal(made(made(first!)), `inner <img src="${reference('A')}">`);
  });

  test('ends in style sheets that import each other or themselves', async () => {
    const { html, made } = await compose(
      frameOf(['', ['sheet', `${base}a.css`], ' ', ['sheet', `${base}b.css`]]),
      {
        'a.css': '@import "b.css";a{}',
        'b.css': '@import "a.css";@import "b.css";b{}',
      },
    );
    const [a, b] = references(html);
    assert.equal(made(a!), `@import "${b}";a{}`);
    assert.equal(made(b!), '@import "data:,";@import "data:,";b{}');
  });

  test('ends in a chain of imports that is too long', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`${i}.css`, `@import "${i + 1}.css";`]),
    );
    const { html, made } = await compose(frameOf(['', ['sheet', `${base}0.css`]]), files);
    let depth = 0;
    for (let next = references(html)[0]; next; next = references(made(next))[0]) depth++;
    assert.equal(depth, 16);
  });

  test('a large style sheet lets everything else have its turn', async () => {
    const rules = (name: string) => `.${name}:hover>b{background:url(p.png);content:"<b>"}`.repeat(30_000);
    for (const [parts, files] of [
      [['', ['sheet', `${base}a.css`]], { 'a.css': '@import "b.css";', 'b.css': rules('linked') }],
      [['', ['css', rules('inline'), base]], {}],
      [['', ['decl', 'color:red;b:url(p.png);'.repeat(60_000), base]], {}],
    ] satisfies [Parts, Record<string, string>][]) {
      const { result, turns } = await countTurns(() => compose(frameOf(parts), files));
      assert.deepEqual([...result.wanted], [`${base}p.png`]);
      assert.ok(turns > 3, `${turns} turns`);
    }
  });

  test('very many small parts let everything else have their turn', async () => {
    const parts: Parts = [];
    for (let i = 0; i < 40_000; i++) parts.push('<p style="', ['decl', 'background:url(p.png)', base]);
    const { turns } = await countTurns(() => compose(frameOf(parts)));
    assert.ok(turns > 3, `${turns} turns`);
  });

  test('nothing in a page reads as a reference that is none', async () => {
    const fake = `sha256-${hex}`;
    const parts: Parts = [
      `<p title="${fake}">${fake}</p><img src="`,
      ['img', `data:image/svg+xml,<svg>${fake}</svg>`],
      '"><img src="',
      ['img', `${base}a.png#${fake}`],
      '"><style>',
      ['css', `a{content:"${fake}";background:url(data:,${fake});fill:url(#${fake})}`, base],
      '</style><p style="',
      ['decl', `--x:${fake};background:url('data:,${fake}')`, base],
      '">',
      ['sheet', `data:text/css,a{content:"${fake}"}`],
    ];
    const { html, made } = await compose(frameOf(parts), { 'a.png': 'A' });
    const [picture, sheet, ...others] = references(html);
    assert.deepEqual([picture, others], [reference('A'), []]);
    assert.deepEqual(references(made(sheet!)), []);
  });

  test('no style sheet, address or picture ends the place that it stands in', async () => {
    const evil = '</style><script>pwn()</script><!--"><img src=x onerror=pwn()>';
    const { html } = await compose(
      frameOf([
        '<style>',
        ['css', `a{content:'${evil}'} /* ${evil} */ ${evil}`, base],
        '</style><p style="',
        ['decl', `content:'${evil}'`, base],
        '"><img src="',
        ['img', `data:,${evil}`],
        '">',
      ]),
    );
    // What the page wrote itself and nothing else: <style>, </style>, <p>, <img>.
    assert.deepEqual(html.match(/<[a-z/!]+/gi), ['<style', '</style', '<p', '<img']);
    const [, declarations, picture] = /<p style="([^"]*)"><img src="([^"]*)">$/.exec(html) ?? [];
    assert.match(declarations ?? '', /^content:'&lt;/);
    assert.match(picture ?? '', /^data:,&lt;/);
  });

  test('keeps blobs, cut canvases, and media that came whole', async () => {
    const blob = digestOf(Buffer.from('blob'));
    const media = async (headers: [string, string][], status: number) => {
      const resources = indexResources([exchange(`${base}v`, { status, responseHeaders: headers })]);
      return (await compose(frameOf(['', ['media', `${base}v`]]), {}, { resources })).html;
    };
    assert.match(await media([], 200), /^sha256-/);
    assert.match(await media([['Content-Range', 'bytes 0-9/10']], 206), /^sha256-/);
    for (const range of ['bytes 0-4/10', 'bytes 5-9/10', 'bytes 0-9/*', 'nonsense'])
      assert.equal(await media([['Content-Range', range]], 206), 'data:,', range);
    const { html } = await compose(
      frameOf([
        '',
        ['img', 'blob:x#y'],
        ' ',
        ['decl', 'background:url("holdfast-cut:0"),url("holdfast-cut:1"),url("holdfast-cut:9")', base],
      ]),
      {},
      { blobs: new Map([['blob:x', blob]]), cuts: [blob, undefined] },
    );
    const there = blob.replace(':', '-');
    assert.equal(
      html,
      `${there} background:url(&quot;${there}&quot;),url(&quot;data:,&quot;),url(&quot;data:,&quot;)`,
    );
  });
});
