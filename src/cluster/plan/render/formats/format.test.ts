import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { defineFormat } from './format.ts';
import { markdown, shell, zoneFile } from './formats.ts';

const loud = defineFormat('loud', (value) => (/^\w+$/.test(value) ? value.toUpperCase() : undefined));

test('a template writes each value by its format and takes fragments as they are', () => {
  assert.equal(loud`a ${'b'} ${7} ${loud`c ${'d'}`}`.text, 'a B 7 c D');
  assert.throws(() => loud`a ${'b c'}`, { code: 'plan.unrenderable' });
  assert.equal(loud.words(['a', 'b']).text, 'A B');
});

test('indentation of the source goes, and that of a place is given to each line that comes there', () => {
  const inner = loud`
    one {
        two
    }
  `;
  const all = loud`
    top {
        ${[inner, inner]}
        ${[]}

        end
    }
  `;
  assert.equal(all.text, 'top {\n    one {\n        two\n    }\n    one {\n        two\n    }\n\n    end\n}');
});

test('a value cannot make a line go', () => {
  assert.throws(() => shell`${'\0'}`, { code: 'plan.unrenderable' });
});

test('a shell reads any text without control characters back as it was', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 }).filter((it) => !/\p{Cc}|\p{Cs}/u.test(it));
  const values = fc.sample(fc.array(text, { minLength: 40, maxLength: 40 }), 1)[0]!;
  const script = shell`printf '%s\\n' ${shell.words(values)}`.text;
  const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  assert.deepEqual(stdout.split('\n').slice(0, -1), values);
  for (const control of ['a\nb', 'a\tb', '\u007f', '\u0085'])
    assert.throws(() => shell.word(control), { code: 'plan.unrenderable' });
});

test('zone files end names with a dot and refuse what is no name', () => {
  assert.equal(
    zoneFile.words(['api.example.com', '*.apps.example.com', '10.0.0.1', '60']).text,
    'api.example.com. *.apps.example.com. 10.0.0.1 60',
  );
  for (const bad of ['a..b', '-a', `${'a'.repeat(64)}.b`, 'a.*.b', '@', 'a.', 'A', `${'a.'.repeat(127)}ab`])
    assert.throws(() => zoneFile.word(bad), { code: 'plan.unrenderable' });
});

test('Markdown refuses what would be a mark', () => {
  for (const bad of ['`', '[a](b)', '<b>', 'a|b', '# a', '![x]', 'a\nb'])
    assert.throws(() => markdown.word(bad), { code: 'plan.unrenderable' });
});
