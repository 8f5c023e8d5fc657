import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { newHoldfast } from '../support/holdfast.ts';

const verbs = [
  'add',
  'list',
  'show',
  'get',
  'tag',
  'remove',
  'restore',
  'snapshot',
  'pin',
  'jobs',
  'verify',
  'gc',
  'copy',
  'release',
  'export',
  'import',
  'serve',
  'registry',
  'cluster',
  'user',
  'token',
  'version',
];

describe('the use of the command line', () => {
  const { run, data } = newHoldfast();

  test('help lists every verb, in both languages', async () => {
    const english = await run(['--help']);
    assert.equal(english.code, 0);
    const chinese = await run(['help'], { env: { HOLDFAST_LANG: '', LANG: 'zh_CN.UTF-8' } });
    assert.match(chinese.stdout, /用法：[\s\S]*保存链接[\s\S]*命令：/);
    for (const name of verbs) {
      assert.match(english.stdout, new RegExp(`^  ${name} `, 'm'));
      assert.match(chinese.stdout, new RegExp(`^  ${name} `, 'm'));
    }
    assert.equal((await run([])).stdout, english.stdout);
  });

  test('every verb explains itself', async () => {
    for (const name of verbs) {
      const { code, stdout } = await run([name, '--help']);
      assert.equal(code, 0, name);
      assert.match(stdout, new RegExp(`^Usage: holdfast ${name}`), name);
    }
  });

  test('version gives the version of package.json', async () => {
    assert.match((await run(['version'])).stdout, /^holdfast \d+\.\d+\.\d+\n$/);
    assert.match((await run(['version', '--json'])).json<{ version: string }>().version, /^\d+\.\d+\.\d+$/);
  });

  test('what is not understood ends with 2, a reason and the next step', async () => {
    const cases: [args: string[], reason: RegExp][] = [
      [['lst'], /Command "lst" does not exist\nNext: Did you mean "list"\?/],
      [['list', '--limitt'], /Option "--limitt" does not exist here/],
      [['list', '--limit', '0'], /--limit is "0"/],
      [['list', '--sort', 'size'], /--sort is "size"[\s\S]*added, updated, title, relevance/],
      [['cluster', 'chek', 'x'], /Command "chek" does not exist\nNext: Did you mean "check"\?/],
      [['--data', 'x', 'list'], /stands before the command\nNext: Write it after: "holdfast list … --data"/],
      [['cluster', 'check'], /Argument "plan" is missing\nNext: "holdfast help cluster check"/],
      [['add'], /Argument "link" is missing/],
      [['get', 'x', '--as'], /is missing/],
      [['show', 'a', 'b'], /not understood/],
    ];
    for (const [args, reason] of cases) {
      const { code, stdout, stderr } = await run(args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, reason);
    }
  });

  test('faults of the configuration are told all at once, in the language asked for', async () => {
    const env = { HOLDFAST_LISTEN: 'nowhere', HOLDFAST_CAPTURE_TIMEOUT: 'soon', HOLDFAST_LANG: 'zh-CN' };
    const { code, stderr } = await run(['list'], { env });
    assert.equal(code, 2);
    assert.match(stderr, /^错误: 配置中有 2 处错误\n[\s\S]*HOLDFAST_LISTEN[\s\S]*HOLDFAST_CAPTURE_TIMEOUT/);
    const { stderr: warned, code: fine } = await run(['list'], { env: { HOLDFAST_LISTN: '1' } });
    assert.equal(fine, 0);
    assert.match(warned, /Variable HOLDFAST_LISTN is not a setting[\s\S]*HOLDFAST_LISTEN/);
  });

  test('errors are a JSON problem with --json', async () => {
    const { stderr, code } = await run(['show', 'zzzz', '--json', '--lang', 'zh']);
    assert.equal(code, 3);
    const problem = JSON.parse(stderr);
    assert.equal(problem.code, 'cli.noMatch');
    assert.equal(problem.title, 'notFound');
    assert.match(problem.detail, /没有编号为“zzzz”的内容/);
  });

  test('a data folder that cannot be used is named', async () => {
    const { code, stderr } = await run(['list', '--data', '/proc/nothing/here']);
    assert.equal(code, 7);
    assert.match(stderr, /Data folder "\/proc\/nothing\/here" cannot be used/);
  });

  test('bin/holdfast works from any folder and through symbolic links', () => {
    const program = resolve(import.meta.dirname, '../../bin/holdfast');
    symlinkSync(program, join(data, 'first'));
    symlinkSync('first', join(data, 'second'));
    const told = execFileSync(join(data, 'second'), ['version'], { cwd: '/', encoding: 'utf8' });
    assert.match(told, /^holdfast \d/);
  });
});

describe('users and tokens', () => {
  const { run } = newHoldfast();
  const password = 'correct horse battery\n';

  test('user add reads the password from the standard input and refuses a weak one', async () => {
    assert.equal((await run(['user', 'add', 'anna'], { input: '\n' })).code, 2);
    assert.equal((await run(['user', 'add', 'anna'], { input: 'short\n' })).code, 2);
    const made = await run(['user', 'add', 'anna', '--json'], { input: password });
    assert.equal(made.code, 0, made.stderr);
    assert.deepEqual(
      [made.json<{ name: string }>().name, made.json<{ role: string }>().role],
      ['anna', 'administrator'],
    );
    assert.equal((await run(['user', 'add', 'anna'], { input: password })).code, 4);
    assert.equal((await run(['user', 'password', 'anna'], { input: 'another long one\n' })).code, 0);
    assert.equal((await run(['user', 'password', 'nobody'], { input: password })).code, 3);
  });

  test('a token is shown once, listed without itself, and ended', async () => {
    const made = (await run(['token', 'add', 'backup', '--json'])).json<{ id: string; token: string }>();
    assert.match(made.token, /^hf_/);
    const listed = await run(['token', 'list', '--json']);
    assert.ok(!listed.stdout.includes(made.token));
    assert.deepEqual(
      listed.json<{ id: string }[]>().map((token) => token.id),
      [made.id],
    );
    assert.equal((await run(['token', 'remove', made.id])).code, 0);
    assert.equal((await run(['token', 'remove', made.id])).code, 3);
  });

  test('with several users a token needs to know whose it is', async () => {
    await run(['user', 'add', 'bert', '--member'], { input: password });
    assert.equal((await run(['token', 'add', 'x'])).code, 2);
    assert.equal((await run(['token', 'add', 'x', '--user', 'BERT'])).code, 0);
    assert.equal((await run(['token', 'add', 'x', '--user', 'carl'])).code, 3);
  });
});
