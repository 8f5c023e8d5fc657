import { relative } from 'node:path';
import { root } from './root.mjs';

/** A reporter for `node --test`: one line for each file, each failure in full at the end, then the totals. */
export default async function* report(source) {
  const failures = [];
  const skipped = [];
  for await (const { type, data } of source) {
    if (type === 'test:fail' && isLeaf(data)) failures.push(data);
    if (type === 'test:pass' && data.skip !== undefined) skipped.push(data);
    if (type === 'test:stderr' && process.env.HOLDFAST_TEST_VERBOSE) yield data.message;
    if (type === 'test:summary' && data.file !== undefined) yield fileLine(data);
    if (type === 'test:summary' && data.file === undefined) {
      for (const failure of failures) yield failureText(failure);
      for (const test of skipped)
        yield `skipped: ${where(test)} ${test.name} ${test.skip === true ? '' : test.skip}\n`;
      yield `${data.counts.passed} passed, ${data.counts.failed} failed, ${data.counts.skipped} skipped, ${seconds(data.duration_ms)}\n`;
    }
  }
}

/** A suite fails because a test in it failed, which is told already. */
function isLeaf(data) {
  return data.details?.error?.failureType !== 'subtestsFailed';
}

function fileLine({ file, counts, success, duration_ms }) {
  const mark = success ? '✓' : '✗';
  return `${mark} ${relative(root, file)} (${counts.passed}/${counts.tests}, ${seconds(duration_ms)})\n`;
}

function failureText(data) {
  const error = data.details.error.cause ?? data.details.error;
  const text = error?.stack ?? String(error?.message ?? error);
  const more = ['expected', 'actual'].filter(
    (key) => error?.[key] !== undefined && !text.includes('- actual'),
  );
  const lines = [text, ...more.map((key) => `${key}: ${JSON.stringify(error[key])}`)];
  return `\n✗ ${where(data)} ${data.name}\n${lines.join('\n').replace(/^/gm, '    ')}\n`;
}

function where({ file, line }) {
  return file === undefined ? '' : `${relative(root, file)}:${line}`;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
