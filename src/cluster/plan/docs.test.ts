import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { planDocs, planJsonSchema } from './docs.ts';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test('docs/plan.schema.json and docs/plan.md are those that the schema and the rules give', () => {
  assert.equal(read('docs/plan.schema.json'), planJsonSchema(), 'run npm run docs');
  assert.equal(read('docs/plan.md'), planDocs(), 'run npm run docs');
});

test('every example names the schema, so that editors complete it', () => {
  for (const name of ['ocp-4.5.9', 'ocp-4.20', 'single-node'])
    assert.match(
      read(`examples/${name}/plan.yaml`),
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/docs\/plan\.schema\.json\n/,
    );
});
