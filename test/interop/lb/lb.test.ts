import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { cases } from './cases.ts';
import { haproxy, startHaproxy, startOurs } from './peers.ts';

const skip = spawnSync(haproxy, ['-v']).status === 0 ? false : 'haproxy is not installed';

describe('Holdfast and haproxy do the same', { concurrency: 4, skip }, () => {
  for (const [name, run] of Object.entries(cases))
    test(name, async () => {
      const [ours, theirs] = await Promise.all([run(startOurs), run(startHaproxy)]);
      assert.deepEqual(ours, theirs);
    });
});
