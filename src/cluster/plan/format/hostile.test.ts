import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkPlan } from '../check/check-plan.ts';
import { currentYaml } from '../testing/current-yaml.ts';
import { referenceYaml } from '../testing/reference-yaml.ts';
import { parsePlan } from './parse-plan.ts';

const codesOf = (text: string) => {
  const parsed = parsePlan(text);
  assert.equal(parsed.plan, undefined);
  return checkPlan(parsed, { nowMs: 0 }).map((issue) => issue.code);
};

test('YAML that grows when it is read is refused before it grows', () => {
  const laughs = Array.from(
    { length: 30 },
    (_, i) => `a${i}: &a${i} [${i ? `*a${i - 1},`.repeat(9) : 'x'}]`,
  ).join('\n');
  const codes = codesOf(laughs);
  assert.ok(codes.includes('plan.alias'));
  assert.ok(codes.length < 400, `${codes.length} issues`);
});

test('YAML that is nested without end is refused, in brackets, dashes and indents', () => {
  assert.deepEqual(codesOf('['.repeat(200_000)), ['plan.tooDeep']);
  assert.deepEqual(codesOf('{a: '.repeat(50_000)), ['plan.tooDeep']);
  assert.deepEqual(codesOf('- '.repeat(100_000)), ['plan.tooDeep']);
  const indents = Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
  assert.ok(codesOf(indents).length > 0);
});

test('a mapping of very many keys is read in bounded time, and the keys that stand twice are told', () => {
  const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`);
  // Compared with each other they would keep this busy for minutes.
  assert.ok(codesOf(keys.join('\n')).includes('plan.unknownKey'));
  const twice = codesOf([...keys, 'k7: 2', '"k8": 2'].join('\n'));
  assert.equal(twice.filter((code) => code === 'plan.duplicateKey').length, 2);
});

test('a plan of 10 000 nodes and one that is too large are refused at once', () => {
  const nodes = (count: number) =>
    Array.from(
      { length: count },
      (_, i) => `  - { name: w${i}, role: worker, address: 10.${i >> 8}.${i & 255}.7 }\n`,
    ).join('');
  const many = currentYaml.replace('timeServers', `${nodes(10_000)}timeServers`);
  assert.deepEqual(codesOf(many), ['plan.tooLarge']);
  const small = currentYaml.replace(/nodes:\n(?: {2}- .*\n)+/, `nodes: [${'{},'.repeat(10_000)}]\n`);
  const codes = codesOf(small);
  assert.ok(codes.includes('plan.tooMany'));
  assert.ok(codes.length <= 1_000, `${codes.length} issues`);
});

test('host names that mean something to a shell, a zone file, haproxy or YAML are refused', () => {
  const hostile = [
    'a b',
    'a;b',
    'a`id`',
    '$(id)',
    'a"b',
    "a'b",
    'a\\b',
    'a\nb',
    'a\rb',
    'a\u0000b',
    'a\tb',
    '*',
    '@',
    '-a',
    'a-',
    'a..b',
    'A',
    'a_b',
    'ä',
    'а',
    'a\u202eb',
    '{{.Name}}',
    '%h',
    '../a',
    'a/b',
    'a:b',
    '',
    'a'.repeat(64),
    'x'.repeat(100_000),
  ];
  for (const name of hostile) {
    const text = referenceYaml.replace('name: master1', () => `name: ${JSON.stringify(name)}`);
    const { issues, plan } = parsePlan(text);
    assert.equal(plan, undefined, name.slice(0, 20));
    assert.ok(
      issues.some(({ code, path }) => path === 'nodes[1].name' && /notLabel|yaml|missing/.test(code)),
      name.slice(0, 20),
    );
    assert.ok(JSON.stringify(issues).length < 3_000);
  }
});

test('no text makes the parser throw or go on for long', () => {
  const piece = fc.constantFrom(
    ...[
      '- ',
      ': ',
      '{',
      '}',
      '[',
      ']',
      '\n',
      '  ',
      '&a ',
      '*a',
      '<<: ',
      '!!binary ',
      '? ',
      '| ',
      '"',
      "'",
      '#',
      '%',
      '---\n',
      'nodes',
      'name',
      '1e999',
      '__proto__',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 60 }), (pieces) => {
      for (const text of [pieces.join(''), `${referenceYaml}${pieces.join('')}`]) {
        const parsed = parsePlan(text);
        assert.ok(parsed.plan ? parsed.issues.length === 0 : parsed.issues.length > 0);
        checkPlan(parsed, { nowMs: 0 });
      }
    }),
    { numRuns: 60 },
  );
});
