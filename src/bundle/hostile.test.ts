import assert from 'node:assert/strict';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { digestOf, HoldfastError, hasCode, parseBoundedJson } from '../kernel/index.ts';
import { verifyBlobs } from '../store/index.ts';
import type { BundleIndex } from './format/bundle-index.ts';
import { canonicalJson } from './format/canonical-json.ts';
import { parseIndex } from './format/index-schema.ts';
import { parsePartSize } from './format/part-sizes.ts';
import { chunkBytes, maxIndexBytes } from './limits.ts';
import { verifyBundle } from './read/verify-bundle.ts';
import { keepPage, noise } from './testing/keep.ts';
import { openWorld, scratchFolder, type World } from './testing/world.ts';

/** An index that may be written over. */
type Draft = Open<BundleIndex>;
type Open<T> = T extends string
  ? T
  : T extends readonly (infer E)[]
    ? Open<E>[]
    : T extends object
      ? { -readonly [K in keyof T]: Open<T[K]> }
      : T;

/** The same JSON with another value at a path such as `blobs.0.offset`. */
function changed(value: unknown, path: string, put: unknown): unknown {
  const copy = structuredClone(value);
  const names = path.split('.');
  let inner = copy as Record<string, unknown>;
  for (const name of names.slice(0, -1)) inner = inner[name] as Record<string, unknown>;
  inner[names.at(-1)!] = put;
  return copy;
}

async function carried(here: World, to: string): Promise<Draft> {
  await keepPage(here, {
    url: 'https://example.com/',
    parts: [noise(600, 1), noise(70, 2)],
    pdf: noise(9, 3),
  });
  await here.export({ to });
  return JSON.parse(await readFile(join(to, 'bundle.json'), 'utf8'));
}

const badIndex = (error: unknown) => hasCode(error, 'bundle.badIndex');
const parse = (value: unknown) => parseIndex(Buffer.from(JSON.stringify(value)));

describe('a hostile index', () => {
  test('is refused with the place of the fault, whatever in it does not fit', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    const sound = await carried(here, bundle.path);
    assert.equal(typeof parse(sound), 'object');
    const snapshot = 'links.0.snapshots.0';
    const changes: [string, unknown, RegExp][] = [
      ['parts.0.name', '../../etc/passwd', /parts\[0\]\.name/],
      ['parts.0.sizeBytes', sound.parts[0]!.sizeBytes + 1, /parts\[0\]\.sizeBytes/],
      ['parts', [], /parts/],
      ['parts.0.chunks', Array(2).fill('0'.repeat(64)), /one hash for each chunk/],
      ['parts.0.chunks.0', 'x', /parts\[0\]\.chunks\[0\]/],
      ['blobs.1.offset', sound.blobs[0]!.offset, /blobs\[1\] overlaps/],
      ['blobs.0.sizeBytes', sound.tarBytes, /blobs\[0\] lies outside/],
      ['blobs.0.part', 2, /blobs\[0\] lies outside/],
      ['blobs.0.sizeBytes', 2 ** 53, /blobs\[0\]\.sizeBytes/],
      ['blobs.0.offset', -1, /blobs\[0\]\.offset/],
      ['blobs.0.digest', 'sha256:../../x', /blobs\[0\]\.digest/],
      ['tarBytes', 2 ** 52, /number of parts/],
      ['partBytes', 1, /whole chunks/],
      ['chunkBytes', 1, /chunkBytes/],
      [`${snapshot}.needs`, [99], /needs a blob/],
      [`${snapshot}.finalUrl`, 'javascript:alert(1)', /finalUrl/],
      [`${snapshot}.takenAt`, 9e15, /takenAt/],
      [`${snapshot}.verdict`, 'fine', /verdict/],
      ['version', 2, /newer Holdfast/],
      ['format', 'zip', /format/],
    ];
    for (const [path, value, fault] of changes) {
      const draft = changed(sound, path, value);
      assert.match(String(parse(draft)), fault, path);
      await writeFile(join(bundle.path, 'bundle.json'), JSON.stringify(draft));
      await assert.rejects(verifyBundle(bundle.path), badIndex, path);
    }
  });

  test('that would take much memory is refused before it is built', async () => {
    const bombs = [
      Buffer.alloc(8_000_000, '['),
      Buffer.from(`[${'{},'.repeat(2_000_000)}0]`),
      Buffer.from(`[${'0,'.repeat(4_000_000)}0]`),
      Buffer.from(`{${'"":0,'.repeat(1_500_000)}"":0}`),
    ];
    for (const bomb of bombs) {
      const before = process.memoryUsage().heapUsed;
      assert.match(String(parseIndex(bomb)), /nested deeper|more than \d+ values/);
      assert.ok(process.memoryUsage().heapUsed - before < 30_000_000);
    }
    await using bundle = await scratchFolder();
    const place = join(bundle.path, 'bundle.json');
    await writeFile(place, '{');
    await truncate(place, maxIndexBytes + 1);
    await assert.rejects(verifyBundle(bundle.path), badIndex);
  });

  test('of any bytes, or with any change, leads to a named error or to sound blobs, and never to another', async () => {
    await using here = await openWorld();
    await using bundle = await scratchFolder();
    const text = canonicalJson(await carried(here, bundle.path));
    const place = join(bundle.path, 'bundle.json');
    const change = fc.record({
      at: fc.nat(text.length - 1),
      cut: fc.nat(30),
      put: fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.jsonValue().map((it) => JSON.stringify(it)),
        fc.nat().map(String),
      ),
    });
    await using there = await openWorld();
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        let draft = text;
        for (const { at, cut, put } of changes) draft = draft.slice(0, at) + put + draft.slice(at + cut);
        await writeFile(place, draft);
        for (const run of [() => there.import(bundle.path), () => verifyBundle(bundle.path)])
          await run().catch((error) => assert.ok(error instanceof HoldfastError, String(error?.stack)));
      }),
      { numRuns: 60 },
    );
    assert.deepEqual(await Array.fromAsync(verifyBlobs(there.store)), []);
  });
});

describe('a hostile bundle', () => {
  test('cannot put bytes under a digest that they do not have, nor a snapshot that is not whole', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    const draft = await carried(here, bundle.path);
    const place = join(bundle.path, 'bundle.json');
    const snapshot = draft.links[0]!.snapshots[0]!;
    const victim = digestOf('something that the far side may trust');
    const lie = draft.blobs.findIndex((it: { sizeBytes: number }) => it.sizeBytes === 600);
    draft.blobs[lie]!.digest = victim;
    await writeFile(place, JSON.stringify(draft));
    const done = await there.import(bundle.path);
    assert.deepEqual([done.ok, [...done.failed.keys()], done.bad], [false, [victim], []]);
    assert.equal(await there.store.stat(victim), undefined);

    // What the bundle says of its needs is not believed: the manifest itself tells.
    snapshot.needs = [];
    await writeFile(place, JSON.stringify(draft));
    const again = await there.import(bundle.path);
    assert.equal(again.recorded, 0);
    assert.equal(again.incomplete.length, 1);
    snapshot.sizeBytes += 1;
    await writeFile(place, JSON.stringify(draft));
    assert.equal((await there.import(bundle.path)).recorded, 0);
    assert.equal((await there.links.query({})).total, 0);
  });

  test('cannot put its own PDF in the place of one that was made here', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    const page = { url: 'https://example.com/pdf', parts: [noise(80, 8)] };
    const { digest } = await keepPage(there, { ...page, pdf: noise(50, 9) });
    assert.equal((await keepPage(here, { ...page, pdf: noise(50, 10) })).digest, digest);
    const before = await there.referrers.list(digest!);
    await here.export({ to: bundle.path });
    await there.import(bundle.path);
    assert.deepEqual(await there.referrers.list(digest!), before);
  });

  test('cannot attach an artifact to a snapshot that it does not name, and one bad link leaves the others', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using bundle = await scratchFolder();
    await keepPage(here, { url: 'https://example.com/b', parts: [noise(80, 8)] });
    const draft = await carried(here, bundle.path);
    const pdf = draft.links.find((it) => it.snapshots[0]!.referrers.length > 0)!;
    const plain = draft.links.find((it) => it !== pdf)!;
    plain.snapshots[0]!.referrers = pdf.snapshots[0]!.referrers;
    const evil = structuredClone(plain);
    evil.url = 'javascript:alert(1)';
    draft.links.unshift(evil);
    await writeFile(join(bundle.path, 'bundle.json'), JSON.stringify(draft));
    const done = await there.import(bundle.path);
    assert.deepEqual([done.ok, done.recorded, done.refused.length], [false, 2, 1]);
    assert.equal(done.refused[0]!.error.code, 'links.badLinks');
    assert.deepEqual(await there.referrers.list(plain.snapshots[0]!.digest), []);
    assert.equal((await there.referrers.list(pdf.snapshots[0]!.digest)).length, 1);
  });
});

test('parseBoundedJson() reads what JSON.parse reads, within its limits', () => {
  const limits = { maxBytes: 100_000, maxValues: 10_000, maxDepth: 100 };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      assert.deepEqual(parseBoundedJson(Buffer.from(text), limits), { value: JSON.parse(text) });
    }),
  );
});

test('canonicalJson() is one text for equal values, and reads back as the same', () => {
  assert.equal(
    canonicalJson({ b: [{ z: 1, a: '"' }], a: 1e21, é: 'é' }),
    '{"a":1e+21,"b":[{"a":"\\"","z":1}],"é":"é"}',
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) =>
      assert.deepEqual(JSON.parse(canonicalJson(value)), JSON.parse(JSON.stringify(value))),
    ),
  );
});

test('parsePartSize() gives whole chunks, and for 4GiB what FAT takes', () => {
  const sizes: [string, number][] = [
    ['4GiB', 2 ** 32 - chunkBytes],
    ['4294967296', 2 ** 32 - chunkBytes],
    ['8 GiB', 2 ** 33],
    ['4MiB', chunkBytes],
    ['25MB', 5 * chunkBytes],
    ['1.5g', 1.5 * 2 ** 30],
  ];
  for (const [text, size] of sizes) assert.equal(parsePartSize(text), size, text);
  for (const text of ['', '0', '1MiB', '-4GiB', '4 apples', '1e9', '999999999TiB', 'constructor'])
    assert.throws(() => parsePartSize(text), { code: 'bundle.badPartSize' }, text);
});
