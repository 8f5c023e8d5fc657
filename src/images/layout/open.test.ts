import assert from 'node:assert/strict';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { type Descriptor, digestOf, hasCode } from '../../kernel/index.ts';
import { MemoryImages } from '../testing/memory-images.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { openLayoutFolder } from './index.ts';

const scratch = await scratchFolder();
after(() => scratch[Symbol.asyncDispose]());
let made = 0;
const freshPath = (): string => join(scratch.path, String(made++));

describe('openLayoutFolder()', () => {
  const layoutWith = async (index: unknown, marker = '{"imageLayoutVersion":"1.0.0"}') => {
    const path = freshPath();
    await mkdir(join(path, 'blobs', 'sha256'), { recursive: true });
    await writeFile(join(path, 'oci-layout'), marker);
    await writeFile(join(path, 'index.json'), typeof index === 'string' ? index : JSON.stringify(index));
    return path;
  };
  const indexOf = (...manifests: unknown[]) => ({ schemaVersion: 2, manifests });
  const refuses = async (path: string, fault: RegExp) =>
    assert.rejects(
      openLayoutFolder(path),
      (error) => hasCode(error, 'images.badLayout') && fault.test(error.message),
      String(fault),
    );

  test('names what makes a folder no layout', async () => {
    await refuses(scratch.path, /oci-layout is missing/);
    await refuses(await layoutWith(indexOf(), '{"imageLayoutVersion":"2.0.0"}'), /version "2.0.0"/);
    await refuses(await layoutWith(indexOf(), 'x'), /no version/);
    await refuses(await layoutWith('{'), /not JSON/);
    await refuses(
      await layoutWith(indexOf({ mediaType: 'x', digest: 'sha256:../../x', size: 1 })),
      /manifests\[0\]/,
    );
    await refuses(await layoutWith('"'.padEnd(17 * 1024 * 1024)), /larger than/);
    const path = await layoutWith(indexOf());
    await rm(join(path, 'index.json'));
    await refuses(path, /index.json is missing/);
    await assert.rejects(openLayoutFolder(join(path, 'nothing')), (error) =>
      hasCode(error, 'images.placeFailed'),
    );
  });

  test('finds names as skopeo and umoci give them, and in nested indexes where they stand only there', async () => {
    const images = new MemoryImages();
    const named = (descriptor: Descriptor, name: string | number) => ({
      ...descriptor,
      annotations: { 'org.opencontainers.image.ref.name': name as string },
    });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((text) => images.image([text])) as [
      Descriptor,
      Descriptor,
      Descriptor,
      Descriptor,
    ];
    const nested = images.index([named(d, 'inner'), named(d, 'v1')]);
    const path = await layoutWith(
      indexOf(
        named(a, 'v1'),
        named(b, 'host:5000/name:v2'),
        named(b, 'v1x'),
        named(c, 'host/other'),
        named(c, 5),
        nested,
        named(a, 'twice'),
        named(b, 'twice'),
        named(a, 'same'),
        named(a, 'same'),
      ),
    );
    for (const [digest, bytes] of images.parts)
      await writeFile(join(path, 'blobs/sha256', digest.slice(7)), bytes);
    await using source = await openLayoutFolder(path);
    assert.deepEqual(await source.tags(), ['inner', 'same', 'v1', 'v1x', 'v2']);
    const digests = { v1: a, 'host:5000/name:v2': b, v2: b, 'host/other': c, inner: d, same: a };
    for (const [name, { digest }] of Object.entries(digests))
      assert.equal((await source.resolve(name)).digest, digest);
    await assert.rejects(source.resolve('twice'), (error) => hasCode(error, 'images.ambiguousImageTag'));
    await assert.rejects(source.resolve('other'), (error) => hasCode(error, 'images.notFound'));
    await assert.rejects(source.resolve(digestOf('nothing')), (error) => hasCode(error, 'images.notFound'));
  });

  test('names a part that is gone, cut short or damaged, and follows no link out of the folder', async () => {
    const images = new MemoryImages();
    const image = images.image(['layer']);
    const layer = images.put('text/plain', 'layer');
    const path = await layoutWith(indexOf(image));
    const place = ({ digest }: Descriptor) => join(path, 'blobs/sha256', digest.slice(7));
    await using source = await openLayoutFolder(path);
    await assert.rejects(source.manifest(image), (error) => hasCode(error, 'images.partGone'));
    await assert.rejects(source.blob(layer), (error) => hasCode(error, 'images.partGone'));
    await writeFile(place(image), Buffer.from((await images.manifest(image)).map((byte) => byte ^ 1)));
    await assert.rejects(source.manifest(image), (error) => hasCode(error, 'images.wrongBytes'));
    await writeFile(place(layer), 'lay');
    await assert.rejects(source.blob(layer), (error) => hasCode(error, 'images.wrongBytes'));
    await writeFile(join(scratch.path, 'layer'), 'layer');
    await rm(place(layer));
    await symlink('../../../layer', place(layer));
    await assert.rejects(source.blob(layer), (error) => hasCode(error, 'images.outsideLink'));
    await rm(place(layer));
    await mkdir(place(layer));
    await assert.rejects(source.blob(layer), (error) => hasCode(error, 'images.outsideLink'));
    const held = `${place(layer)}.held`;
    await writeFile(held, 'layer');
    await rm(place(layer), { recursive: true });
    await symlink(held, place(layer));
    assert.equal(Buffer.concat(await Array.fromAsync(await source.blob(layer, 2))).toString(), 'yer');
  });
});
