import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configFacts } from './config-facts.ts';

const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

test('a config tells platform, labels and what made each layer that is not empty', () => {
  const facts = configFacts(
    bytes({
      os: 'linux',
      architecture: 'arm64',
      variant: 'v8',
      created: '2020-08-29T05:21:07.5+02:00',
      config: { Labels: { a: 'b' }, Cmd: ['sh'], ExposedPorts: { '80/tcp': {} } },
      history: [{ created_by: 'one' }, { created_by: 'none', empty_layer: true }, { created_by: 'two' }],
    }),
  );
  assert.deepEqual(facts.platform, { os: 'linux', architecture: 'arm64', variant: 'v8' });
  assert.equal(facts.created, '2020-08-29T03:21:07.500Z');
  assert.deepEqual([facts.labels, facts.command, facts.exposedPorts], [{ a: 'b' }, ['sh'], ['80/tcp']]);
  assert.deepEqual(facts.createdBy, ['one', 'two']);
});

test('a config of another shape says nothing, and long texts and lists are cut', () => {
  for (const odd of [null, [], 7, { config: [], history: {}, os: 1 }, { config: { Labels: 'x', Cmd: {} } }]) {
    const { platform, created, labels, command, createdBy } = configFacts(bytes(odd));
    assert.deepEqual([platform, created, labels, command, createdBy], [undefined, undefined, {}, [], []]);
  }
  assert.deepEqual(configFacts(Buffer.from('no json')).labels, {});
  const labels = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`l${at}`, 'x'.repeat(9_000)]));
  const facts = configFacts(bytes({ config: { Labels: labels } }));
  assert.equal(Object.keys(facts.labels).length, 200);
  assert.equal(facts.labels.l0?.length, 2_000);
});
