import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { pictureType } from './picture-type.ts';

test('pictureType() knows an SVG behind a declaration, comments, instructions and a doctype', () => {
  for (const prologue of [
    '',
    '\uFEFF \n',
    '<?xml version="1.0"?>\n<!-- a --><!-- b -->',
    '<!-- made by <svg> --> <!DOCTYPE svg PUBLIC "a" "b">\n<!-- > -->',
    '<?xml version="1.0"?><?xml-stylesheet href="a.css"?>',
  ])
    assert.equal(pictureType(Buffer.from(`${prologue}<svg xmlns="a">`)), 'image/svg+xml', prologue);
  for (const other of ['<svgs>', '<html><svg>', '<!-- <svg> ', 'text <svg>', '<?xml <svg>'])
    assert.equal(pictureType(Buffer.from(other)), undefined, other);
});

test('pictureType() takes no longer for a row of comments', () => {
  // In a process of its own, since a pattern that runs away lets nothing else run that could end it.
  const script = `import { pictureType } from ${JSON.stringify(new URL('./picture-type.ts', import.meta.url).href)};
    for (const piece of ['<!---->', '<!-->', '<?xml?>', '<!DOCTYPE>', ' '])
      if (pictureType(Buffer.from(piece.repeat(4096) + 'x')) !== undefined) throw new Error(piece);`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { timeout: 20_000 });
  assert.equal(ended.signal, null, 'it was ended because it did not come to an end');
  assert.equal(ended.status, 0, String(ended.stderr));
});
