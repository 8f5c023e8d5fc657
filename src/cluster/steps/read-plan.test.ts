import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { inspect } from 'node:util';
import { loadPlan, readPlan } from './read-plan.ts';

const examples = resolve(import.meta.dirname, '../../../examples');
const folder = mkdtempSync(join(tmpdir(), 'holdfast-plan-'));
after(() => rmSync(folder, { recursive: true, force: true }));

for (const name of readdirSync(examples))
  test(`the example ${name} has no errors, with its files as they lie there`, async () => {
    const { plan, issues, secrets } = await readPlan(join(examples, name, 'plan.yaml'));
    assert.deepEqual(
      issues.filter((issue) => issue.severity === 'error'),
      [],
    );
    assert.ok(plan && secrets.pullSecret && secrets.sshKey);
  });

test('what the files hold shows itself only to who asks', async () => {
  const { secrets } = await readPlan(join(examples, 'ocp-4.5.9/plan.yaml'));
  for (const shown of [JSON.stringify(secrets), inspect(secrets), `${secrets.pullSecret}`])
    assert.doesNotMatch(shown, /auth|ssh-rsa|BEGIN/);
  assert.match(secrets.pullSecret?.reveal() ?? '', /"auths"/);
});

test('files that are missing, too large, no files or no text are issues at their field', async () => {
  const file = join(folder, 'plan.yaml');
  writeFileSync(
    file,
    readFileSync(join(examples, 'ocp-4.5.9/plan.yaml'), 'utf8')
      .replace('pull-secret.json', '/dev/zero')
      .replace('id_rsa.pub', 'key')
      .replace('ssl.cert', 'big'),
  );
  writeFileSync(join(folder, 'key'), Buffer.of(0xff, 0xfe));
  writeFileSync(join(folder, 'big'), Buffer.alloc(1024 * 1024 + 1, 'a'));
  const { plan, issues } = await readPlan(file, { called: 'plan.yaml' });
  assert.ok(plan);
  assert.deepEqual(
    issues
      .filter(({ path }) => path.startsWith('secrets'))
      .map(({ code, path, line, file }) => `${file}:${line > 1} ${code} ${path}`),
    [
      'plan.yaml:true plan.unreadableSecret secrets.pullSecret',
      'plan.yaml:true plan.unreadableSecret secrets.sshKey',
      'plan.yaml:true plan.unreadableSecret secrets.trustBundle',
    ],
  );
  await assert.rejects(loadPlan(file), { code: 'cluster.faultyPlan' });
  await assert.rejects(readPlan(join(folder, 'nothing')), { code: 'cluster.unreadablePlan' });
  await assert.rejects(readPlan(folder), { code: 'cluster.unreadablePlan' });
});
