import assert from 'node:assert/strict';
import { test } from 'node:test';
import jpeg from 'jpeg-js';
import { makePdf } from '../file/testing/make-pdf.ts';
import { onSite, type Route } from './testing/capture-site.ts';

test('a link to a PDF has its text indexed, its first page as a picture, and its bytes as they are', async () => {
  const bytes = makePdf('Words of the document', 'Installing it');
  const routes: Record<string, Route> = {
    '/manual.pdf': (_, response) => response.writeHead(200, { 'content-type': 'application/pdf' }).end(bytes),
  };
  await onSite(routes, async ({ take, engine }) => {
    const outcome = await take('/manual.pdf');
    assert.deepEqual([outcome.kind, outcome.verdict, outcome.title], ['file', 'good', 'Installing it']);
    assert.deepEqual(outcome.formats, ['file', 'text', 'wacz']);
    assert.match(outcome.searchText, /manual\.pdf\nWords of the document/);
    const reader = await engine.open(outcome);
    const held = (role: string) => {
      const layer = reader.layers.find((each) => each.role === role);
      return layer && engine.held.get(layer.descriptor.digest);
    };
    assert.deepEqual(Buffer.from(held('file')!), bytes);
    assert.equal((await reader.as('file')).fileName, 'Installing it.pdf');
    const { width, height, data } = jpeg.decode(held('thumbnail')!, { useTArray: true });
    assert.deepEqual([width, height], [800, 400]);
    const colourAt = (x: number, y: number) => [
      ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3),
    ];
    const isNear = (colour: number[], wanted: number[]) =>
      colour.every((value, i) => Math.abs(value - wanted[i]!) < 16);
    assert.ok(isNear(colourAt(400, 300), [255, 0, 0]), `${colourAt(400, 300)} where the field is red`);
    assert.ok(isNear(colourAt(780, 20), [255, 255, 255]), `${colourAt(780, 20)} where nothing is`);
  });
});
