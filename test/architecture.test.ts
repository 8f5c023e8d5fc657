import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { floors, type Import, importsOf, roomOf, root, sourcesIn, textOf } from './architecture/imports.ts';
import { table, tableAsMarkdown } from './architecture/rooms.ts';

const longest = 350;
const isTest = (file: string) =>
  /\.(test|contract)\.tsx?$|\.test-|(^|\/)testing\//.test(file) || file.startsWith('test/');
const sources = sourcesIn('src');
const everything = ['src', 'test', 'bench', 'scripts'].flatMap((folder) => [...sourcesIn(folder)]);
const crossings = everything.flatMap(importsOf).filter((it) => {
  const room = roomOf(it.to);
  return room !== undefined && room !== roomOf(it.from);
});

/** Fails with one line for each offence, so that a person sees all of them at once. */
function none(offences: readonly string[]): void {
  assert.deepEqual(offences, []);
}

const told = ({ from, to }: Import) => `${from} imports ${to}`;

test('the crossings that the other tests judge are found at all', () => {
  assert.ok(crossings.length > 50, `${crossings.length} imports between rooms were found`);
  assert.ok(crossings.some((it) => it.typesOnly) && crossings.some((it) => !it.typesOnly));
});

test('every folder of src/ is a room of the table and has a README', () => {
  const foldersIn = (folder: string) =>
    readdirSync(join(root, 'src', folder), { withFileTypes: true })
      .filter((it) => it.isDirectory())
      .map((it) => join(folder, it.name));
  const names = foldersIn('')
    .flatMap((name) => (floors.includes(name) ? foldersIn(name) : [name]))
    .sort();
  assert.deepEqual(names, table.map((room) => room.name).sort());
  none(names.filter((name) => !existsSync(join(root, 'src', name, 'README.md'))));
});

test('rooms meet only through their doors', () => {
  const isDoor = ({ to, from, typesOnly }: Import) =>
    to === `src/${roomOf(to)}/index.ts` ||
    (roomOf(from) === 'web' && typesOnly && to.startsWith('src/http/schema/')) ||
    // The interface takes its own catalog, not the whole door, so that a browser loads nothing else.
    (roomOf(from) === 'web' && roomOf(to) === 'texts');
  // A benchmark or a suite under test/ may drive a room from inside, as the room's own tests do.
  none(crossings.filter((it) => roomOf(it.from) !== undefined && !isDoor(it)).map(told));
});

test('a room imports only the rooms that the table allows', () => {
  none(
    crossings
      .filter((it) => roomOf(it.from) !== undefined && !isTest(it.from) && roomOf(it.to) !== 'kernel')
      .filter(
        (it) => !table.find((room) => room.name === roomOf(it.from))?.mayImport.includes(roomOf(it.to)!),
      )
      .map(told),
  );
});

test('where the table says types, nothing else is taken', () => {
  none(
    crossings
      .filter((it) => !isTest(it.from) && !it.typesOnly)
      .filter((it) =>
        table.find((room) => room.name === roomOf(it.from))?.typesOnly?.includes(roomOf(it.to)!),
      )
      .map(told),
  );
});

test('nothing imports the composition root', () => {
  none(crossings.filter((it) => roomOf(it.to) === 'main' && !isTest(it.from)).map(told));
});

test('the program imports no test', () => {
  const fromProgram = sources.filter((file) => !isTest(file)).flatMap(importsOf);
  none(fromProgram.filter((it) => isTest(it.to)).map(told));
});

test(`no file is longer than ${longest} lines`, () => {
  const lengthOf = (file: string) => textOf(file).split('\n').length - 1;
  none(
    everything
      .filter((file) => lengthOf(file) > longest)
      .map((file) => `${file} has ${lengthOf(file)} lines`),
  );
});

test('no file gets around the type checker', () => {
  const ways = /\bas any\b|:\s*any\b(?!\w)|<any>|@ts-(?:ignore|nocheck|expect-error)/;
  const codeOf = (file: string) =>
    textOf(file).replace(/(['"`])(?:\\.|(?!\1)[^\\\n])*\1|\/(?![*/])(?:\\.|[^\n/\\])+\/[a-z]*/g, '""');
  none(everything.filter((file) => file !== 'test/architecture.test.ts' && ways.test(codeOf(file))));
});

test('only the command line and scripts that make files write to the console', () => {
  none(
    sources.filter(
      (file) =>
        roomOf(file) !== 'cli' && !isTest(file) && /\bconsole\.(log|error|warn|info)\(/.test(textOf(file)),
    ),
  );
});

test('ARCHITECTURE.md shows the table', () => {
  assert.ok(textOf('ARCHITECTURE.md').includes(tableAsMarkdown()), `put this in:\n${tableAsMarkdown()}`);
});
