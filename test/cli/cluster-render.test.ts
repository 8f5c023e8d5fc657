import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { newHoldfast } from '../support/holdfast.ts';

const examples = join(import.meta.dirname, '../../examples');
const plan = join(examples, 'ocp-4.5.9/plan.yaml');

interface Report {
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly mode: string; readonly state: string }[];
  readonly removed: readonly string[];
}

describe('holdfast cluster render', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-cli-render-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('writes a folder, and says what each file is', async () => {
    const { run } = newHoldfast();
    const to = join(folder, 'first');
    const shown = await run(['cluster', 'render', plan, '--to', to]);
    assert.equal(shown.code, 0, shown.stderr);
    assert.match(shown.stdout, /^install-config\.yaml +2\.\d kB +secret$/m);
    assert.match(shown.stderr, /RUNBOOK\.md/);
    const again = (await run(['cluster', 'render', plan, '--to', to, '--json'])).json<Report>();
    assert.ok(again.files.length > 25 && again.files.every(({ state }) => state === 'same'));
    assert.deepEqual(
      again.files.filter(({ mode }) => mode === '0600').map(({ path }) => path),
      ['install-config.yaml'],
    );
    assert.equal((await stat(to)).mode & 0o777, 0o700);
  });

  test('keeps and names a file that was changed by hand, unless it is forced', async () => {
    const { run } = newHoldfast();
    const to = join(folder, 'edited');
    await run(['cluster', 'render', plan, '--to', to]);
    const file = join(to, 'haproxy/haproxy.cfg');
    await appendFile(file, '# mine\n');
    const refused = await run(['cluster', 'render', plan, '--to', to]);
    assert.equal(refused.code, 4);
    assert.match(refused.stderr, /haproxy\/haproxy\.cfg/);
    assert.match(await readFile(file, 'utf8'), /# mine/);
    assert.equal((await run(['cluster', 'render', plan, '--to', to, '--force'])).code, 0);
    assert.doesNotMatch(await readFile(file, 'utf8'), /# mine/);
  });

  test('a plan with errors is refused and writes nothing', async () => {
    const { run } = newHoldfast();
    const faulty = join(folder, 'faulty.yaml');
    await writeFile(faulty, (await readFile(plan, 'utf8')).replace('10.225.45.251', '10.225.45.300'));
    const refused = await run(['cluster', 'render', faulty, '--to', join(folder, 'none')]);
    assert.equal(refused.code, 2);
    await assert.rejects(stat(join(folder, 'none')), { code: 'ENOENT' });
  });

  test('a plan that leaves its trust to Holdfast gets the certificate of its authority', async () => {
    const { run } = newHoldfast();
    const to = join(folder, 'later');
    assert.equal(
      (await run(['cluster', 'render', join(examples, 'ocp-4.20/plan.yaml'), '--to', to])).code,
      0,
    );
    const own = (await run(['registry', 'ca'])).stdout;
    assert.equal(await readFile(join(to, 'certificates/ca.crt'), 'utf8'), own);
  });
});
