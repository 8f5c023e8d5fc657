import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localizeError } from '../../../texts/index.ts';
import { lookAtPreflight } from './look.ts';
import { runPreflight } from './run-preflight.ts';
import { sceneOf } from './testing/scene.ts';
import { groups, type Row } from './types.ts';

/** Nothing is where it should be: every address is a port that nobody has. */
const nowhere = () => ({ host: '127.0.0.1', port: 1 });

test('all that is wrong is told at once, in the order of the groups, each row in both languages', {
  timeout: 120_000,
}, async () => {
  const told: Row[] = [];
  let last = 0;
  const report = await runPreflight({
    ...sceneOf({ place: nowhere }),
    timeoutMs: 3_000,
    onRow: (row) => told.push(row),
    onProgress: ({ done, total }) => {
      assert.ok(done > last && done <= total!);
      last = done;
    },
  });
  assert.equal(report.ok, false);
  assert.equal(last, report.rows.length);
  assert.deepEqual(new Set(told), new Set(report.rows));
  assert.equal(new Set(report.rows.map(({ id }) => id)).size, report.rows.length);
  const order = report.rows.map(({ group }) => groups.indexOf(group));
  assert.deepEqual(
    order,
    order.toSorted((a, b) => a - b),
  );
  for (const group of ['machine', 'names', 'balancer', 'registry', 'files'] as const)
    assert.ok(
      report.rows.some((row) => row.group === group && row.status === 'failed'),
      group,
    );
  for (const { id, status, finding } of report.rows) {
    const [english, chinese] = [localizeError(finding, 'en'), localizeError(finding, 'zh-CN')];
    assert.notEqual(english.message, chinese.message, id);
    assert.doesNotMatch(`${english.message}${english.hint}${chinese.message}${chinese.hint}`, /\{\w+\}/, id);
    if (status === 'failed') assert.ok(english.hint, id);
  }
  const look = lookAtPreflight(report, ({ finding }) => finding.message);
  assert.equal(!look.done && look.waitsFor.length, report.counts.failed);
  assert.equal(!look.done && look.next?.code, 'preflightNext');
});

test('a check that hangs or breaks is a red row, and the rest goes on; a signal ends all', {
  timeout: 120_000,
}, async () => {
  const control = {
    state: () => Promise.reject(new Error('broken pipe')),
    probe: () => new Promise<never>(() => undefined),
    endProbe: async () => undefined,
  };
  const report = await runPreflight({
    ...sceneOf({ place: nowhere, control: control as never }),
    timeoutMs: 300,
  });
  const codeOf = (id: string) => report.rows.find((row) => row.id === id)?.finding.code;
  assert.equal(codeOf('balancer.6443.api'), 'preflight.tooLong');
  assert.equal(codeOf('files.rhcos.raw.gz'), 'preflight.broken');
  assert.equal(codeOf('files.ignition/master.ign'), 'preflight.ignitionNotMade');
  const ended = new Error('ended');
  await assert.rejects(
    runPreflight({ ...sceneOf({ place: nowhere }), signal: AbortSignal.abort(ended) }),
    ended,
  );
});
