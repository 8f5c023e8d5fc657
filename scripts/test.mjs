// The one gate. `npm test` installs what is missing first; `npm run ok` (--no-install) does not.
// With file names or patterns, only those tests run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { findNode24 } from './lib/node24.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/root.mjs';
import { ensureTestSystem } from './lib/system.mjs';
import { SetupError } from './lib/texts.mjs';
import { ensureWeb } from './lib/web.mjs';

const args = process.argv.slice(2);
const patterns = args.filter((arg) => !arg.startsWith('--'));

async function main() {
  if (!args.includes('--no-install')) {
    await ensurePackages();
    await ensureTestSystem();
  }
  const node = findNode24();
  if (patterns.length === 0 || patterns.some((pattern) => pattern.startsWith('test/'))) await ensureWeb(node);
  const steps = patterns.length > 0 ? [tests(node, patterns)] : gate(node);
  const results = [];
  for (const step of steps) {
    process.stdout.write(`\n── ${step.name}\n`);
    const startedAt = Date.now();
    const code = await step.run();
    results.push({ name: step.name, code, seconds: ((Date.now() - startedAt) / 1000).toFixed(1) });
  }
  process.stdout.write('\n');
  for (const { name, code, seconds } of results)
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)\n`);
  return results.every((result) => result.code === 0) ? 0 : 1;
}

function gate(node) {
  const bin = (name) => join(root, 'node_modules/.bin', name);
  return [
    { name: 'types', run: () => show(bin('tsc'), ['-p', '.']) },
    {
      name: 'format and lint',
      run: () =>
        show(bin('biome'), ['ci', '--error-on-warnings', ...(process.stdout.isTTY ? [] : ['--colors=off'])]),
    },
    tests(node, ['src/**/*.test.ts', 'test/**/*.test.ts']),
  ];
}

function tests(node, files) {
  const options = [
    '--disable-warning=ExperimentalWarning',
    '--test',
    `--test-concurrency=${Math.max(2, availableParallelism())}`,
    // A test that hangs must not hold the gate for longer than the gate may take.
    '--test-timeout=300000',
    `--test-reporter=${join(root, 'scripts/lib/test-reporter.mjs')}`,
  ];
  const run = async () => {
    const postgres = await startPostgres(node);
    try {
      return await show(node, [...options, ...files], postgres.env);
    } finally {
      postgres.stop();
    }
  };
  return { name: 'tests', run };
}

/** One server for all test files, since each would start its own; without Postgres the tests themselves say so. */
async function startPostgres(node) {
  const args = ['--disable-warning=ExperimentalWarning', join(root, 'test/support/postgres-server.ts')];
  const server = spawn(node, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  const [said] = await Promise.race([once(server.stdout, 'data'), once(server, 'close').then(() => [])]);
  return {
    env: said ? { HOLDFAST_TEST_POSTGRES: String(said).trim() } : {},
    stop: () => server.stdin.end(),
  };
}

function show(command, commandArgs, extra = {}) {
  return new Promise((resolve) => {
    const env = { ...process.env, ...extra, NODE_COMPILE_CACHE: join(root, '.cache/node') };
    const child = spawn(command, commandArgs, { cwd: root, stdio: 'inherit', env });
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
