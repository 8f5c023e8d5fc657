import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { findBrowser } from './find-browser.ts';

describe('findBrowser()', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-find-'));
  after(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'my-browser');
  writeFileSync(program, '');
  chmodSync(program, 0o755);

  test('takes what is configured, and says where it looked in vain', () => {
    assert.equal(findBrowser(program), program);
    const nothing = join(folder, 'nothing');
    assert.throws(() => findBrowser(nothing), {
      code: 'capture.browserFailed',
      message: `Browser "${nothing}" did not start: there is no program at this path`,
    });
    const text = join(folder, 'text');
    writeFileSync(text, '', { mode: 0o644 });
    assert.throws(() => findBrowser(text), { code: 'capture.browserFailed' });
  });

  test('takes the best that is installed, or tells how to install one', () => {
    const places = ['one', 'two'].map((name) => join(folder, name));
    for (const place of places) mkdirSync(place);
    for (const [place, name] of [
      [places[0]!, 'google-chrome'],
      [places[1]!, 'chromium'],
    ] as const)
      writeFileSync(join(place, name), '', { mode: 0o755 });
    try {
      const found = findBrowser(undefined, '');
      assert.match(found, /^\/(usr|opt)\//);
      // One in a place of the system is better than any on the path.
      assert.equal(findBrowser(undefined, places.join(delimiter)), found);
    } catch (error) {
      assert.equal((error as { code: string }).code, 'capture.noBrowser');
      assert.equal(findBrowser(undefined, places.join(delimiter)), join(places[0]!, 'google-chrome'));
    }
  });
});
