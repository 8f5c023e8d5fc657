import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBreather } from './breather.ts';
import { occursIn } from './occurs-in.ts';

test('occursIn() finds a pattern wherever it stands in a large text', async () => {
  const breather = createBreather();
  const large = ' '.repeat(2_500_000);
  assert.equal(await occursIn(large, /url\(/, breather), false);
  assert.equal(await occursIn('', /url\(/, breather), false);
  for (const at of [0, 999_997, 999_998, 999_999, 1_000_000, 1_999_999, 2_499_996])
    assert.equal(await occursIn(`${large.slice(0, at)}url(${large.slice(at + 4)}`, /url\(/, breather), true);
});
