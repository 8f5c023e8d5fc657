import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { parsePlan } from '../../../cluster/plan/index.ts';
import { runCli } from '../../index.ts';

const root = resolve(import.meta.dirname, '../../../..');
const folder = mkdtempSync(join(tmpdir(), 'holdfast-cluster-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command; `typed` are the lines of a person at a terminal. */
async function run(args: readonly string[], typed?: readonly string[], lang = 'en') {
  const stdin = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  stdin.end(typed?.map((line) => `${line}\n`).join('') ?? '');
  const interrupted = new AbortController().signal;
  const io = { stdin, stdout, stderr, env: { HOLDFAST_LANG: lang }, cwd: folder, interrupted };
  const code = await runCli(
    ['cluster', ...args],
    io as never,
    { version: '0', defaultData: folder } as never,
  );
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}

const example = join(root, 'examples/ocp-4.5.9/plan.yaml');
const answers = [
  '--name=ocp',
  '--base-domain=example.com',
  '--version=4.20.4',
  '--machine=10.1.2.0/24',
  '--bastion=10.1.2.10',
  '--masters=10.1.2.21 10.1.2.22 10.1.2.23',
];

test('check finds nothing wrong with the example, in both languages and as JSON', async () => {
  const { code, stdout } = await run(['check', example]);
  assert.deepEqual([code, stdout], [0, 'Good: openshift4.example.com, OpenShift 4.5.9, 4 nodes\n']);
  assert.match((await run(['check', example], undefined, 'zh-CN')).stdout, /^没有问题/);
  const json = JSON.parse((await run(['check', example, '--json'])).stdout);
  assert.deepEqual([json.ok, json.errors, json.issues], [true, 0, []]);
});

test('check tells each fault with file, line, column, what it contradicts and the mend, and ends with 1', async () => {
  const faulty = readFileSync(example, 'utf8').replace('10.225.45.252', '10.225.45.251');
  writeFileSync(join(folder, 'faulty.yaml'), faulty);
  const line = faulty.split('\n').findIndex((it) => it.includes('master2')) + 1;
  const { code, stdout, stderr } = await run(['check', 'faulty.yaml']);
  assert.equal(code, 1);
  assert.match(
    stdout,
    new RegExp(
      `^faulty\\.yaml:${line}:\\d+: error: Address 10\\.225\\.45\\.251 of "nodes\\[2\\]\\.address"`,
      'm',
    ),
  );
  assert.match(
    stdout,
    new RegExp(
      `^ {2}contradicts nodes\\[1\\]\\.address at faulty\\.yaml:${line - 1}:\\d+\\n {2}Next: Give one`,
      'm',
    ),
  );
  assert.match(stderr, /^4 errors, 0 warnings\n$/);
  const json = JSON.parse((await run(['check', 'faulty.yaml', '--json'], undefined, 'zh-CN')).stdout);
  const issue = json.issues.find((it: { code: string }) => it.code === 'plan.addressTwice');
  assert.match(issue.message, /^“nodes\[2\]\.address”的地址/);
  assert.equal(issue.line, line);
  assert.equal((await run(['check', 'nothing.yaml'])).code, 2);
});

test('check shows a terminal nothing of a plan that it would obey', async () => {
  writeFileSync(join(folder, 'hostile.yaml'), 'cluster: { name: "a\\e]0;owned\\a", "b\\e[2J": 1 }\n');
  const { stdout, code } = await run(['check', 'hostile.yaml']);
  assert.equal(code, 1);
  assert.doesNotMatch(stdout, /[^\P{Cc}\n]/u);
});

test('init writes a plan from options that passes, and does not overwrite one', async () => {
  const args = ['init', ...answers, '--bootstrap=10.1.2.20', '--workers=10.1.2.31'];
  assert.equal((await run(args)).code, 0);
  const written = readFileSync(join(folder, 'plan.yaml'), 'utf8');
  const { plan, issues } = parsePlan(written);
  assert.deepEqual(issues, []);
  assert.equal(plan?.nodes.length, 5);
  assert.match(written, /^# yaml-language-server: \$schema=.*docs\/plan\.schema\.json\n/);
  assert.equal((await run(args)).code, 4);
  assert.equal((await run([...args, '--force', '--json'])).code, 0);
});

test('init says which answers are missing where nobody can be asked, and which are wrong', async () => {
  const missing = await run(['init', '--to=other.yaml', '--name=ocp']);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /--base-domain, --version, --machine, --bastion, --masters/);
  assert.equal((await run(['init', '--to=other.yaml', ...answers, '--bootstrap=bastion'])).code, 2);
  const clash = await run(['init', '--to=other.yaml', ...answers, '--bootstrap=10.1.2.21', '--json']);
  assert.equal(clash.code, 1);
  assert.equal(JSON.parse(clash.stdout).issues[0].code, 'plan.addressTwice');
});

test('init asks a person, again where an answer is badly written or contradicts another', async () => {
  const typed = [
    ...['Ocp', 'ocp', 'example.com', '4.5.9', '4.5.6', '10.1.2.0/24', '', '10.1.2.10', '10.1.2.11', '', ''],
    ...['10.1.2.21 10.1.2.22', '10.1.2.20', '', '', '', '', '', '', '', ''],
    // Two masters are wrong, and all about nodes is asked again.
    ...['10.1.2.21 10.1.2.22 10.1.2.23', '', ''],
  ];
  const { code, stdout, stderr } = await run(['init', '--to=asked.yaml'], typed);
  assert.equal(code, 0, stdout + stderr);
  assert.match(stderr, /which is no DNS label/);
  assert.match(stdout, /There are 2 masters/);
  const { plan } = parsePlan(readFileSync(join(folder, 'asked.yaml'), 'utf8'));
  assert.equal(plan?.networks.gateway, '10.1.2.1');
  assert.equal(plan?.registry.repository, 'ocp4/openshift4');
  assert.deepEqual(
    plan?.nodes.map((node) => node.address.split('.')[3]),
    ['20', '21', '22', '23'],
  );
  assert.equal((await run(['init', '--to=ended.yaml'], ['ocp'])).code, 130);
});
