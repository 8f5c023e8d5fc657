import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, lstat, readdir, readFile, readlink, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { digestOf, type HoldfastError, hasCode, parseDigest } from '../../kernel/index.ts';
import { readManifest } from '../read-manifest.ts';
import { copyImage, copyTags } from '../testing/copy-image.ts';
import { MemoryImages } from '../testing/memory-images.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { assertFits } from './file-system.ts';
import { createMirrorFolder, openMirrorFolder, readSignatureFile } from './index.ts';

const fixtures = join(import.meta.dirname, 'fixtures');
const repository = 'openshift/release';
const release = parseDigest('sha256:56bcb5a54aa39d252a1d61ee0846c4b327674b23bb27e5857b16d9ffa697222e');
const scratch = await scratchFolder();
/** What oc 4.5 wrote for a release of 109 components. */
const sample = join(scratch.path, 'mirror');
before(async () => {
  await promisify(execFile)('tar', ['xzf', join(fixtures, 'oc-4.5-to-dir.tar.gz'), '-C', scratch.path]);
  process.umask(0o022);
});
after(() => scratch[Symbol.asyncDispose]());

const copyOfSample = async (name: string, dereference = false) => {
  const path = join(scratch.path, name);
  await cp(sample, path, { recursive: true, dereference, verbatimSymlinks: !dereference });
  return path;
};

/** Every name of a tree with what it is: mode, link target, bytes, and which names are one file. */
async function treeOf(root: string): Promise<Record<string, unknown>> {
  const tree: Record<string, unknown> = {};
  const byInode = new Map<number, string>();
  const names = await readdir(root, { recursive: true });
  for (const name of names.sort()) {
    const path = join(root, name);
    const { mode, ino, nlink } = await lstat(path);
    const kind = (mode & 0o170000).toString(8);
    const first = byInode.get(ino) ?? name;
    byInode.set(ino, first);
    const content =
      kind === '120000' ? await readlink(path) : kind === '100000' ? digestOf(await readFile(path)) : '';
    tree[name] = [kind, (mode & 0o777).toString(8), kind === '100000' ? [nlink, first] : '', content];
  }
  return tree;
}

describe('openMirrorFolder()', () => {
  test('reads what oc 4.5 wrote: every image tag, every blob sound, the signature byte for byte', async () => {
    const folder = await openMirrorFolder(sample);
    assert.deepEqual(folder.repositories, [repository]);
    const source = folder.repository(repository);
    const tags = await source.tags();
    assert.equal(tags.length, 110);
    assert.ok(tags.includes('4.5.9') && tags.includes('4.5.9-etcd') && tags.includes('4.5.9-thanos'));
    assert.equal((await source.resolve('4.5.9')).digest, release);
    assert.deepEqual(await source.resolve(release), await source.resolve('4.5.9'));
    const seen = new Set<string>();
    for (const tag of tags) {
      const image = await source.resolve(tag);
      const { config, layers } = readManifest(await source.manifest(image), image.mediaType, tag);
      for (const part of [config!, ...layers]) {
        const bytes = Buffer.concat(await Array.fromAsync(await source.blob(part)));
        assert.equal(digestOf(bytes), part.digest);
        seen.add(part.digest);
      }
      seen.add(image.digest);
    }
    assert.equal(seen.size, (await readdir(join(sample, 'v2', repository, 'blobs'))).length);
    assert.deepEqual(
      [...(await folder.signatures())],
      [[release, [await readFile(join(fixtures, 'oc-4.5-release.signature-1'))]]],
    );
  });

  test('reads one whose links were followed away, or written out as text', async () => {
    const copied = await copyOfSample('followed', true);
    const followed = (await openMirrorFolder(copied)).repository(repository);
    const origin = (await openMirrorFolder(sample)).repository(repository);
    assert.equal((await followed.tags()).length, 110);
    for (const tag of await followed.tags())
      assert.deepEqual(await followed.resolve(tag), await origin.resolve(tag));
    const path = join(copied, 'v2', repository, 'manifests', '4.5.9');
    await writeFile(path, `${release}\n`);
    assert.equal((await followed.resolve('4.5.9')).digest, release);
  });

  test('names a blob that is gone though its manifest is there, and a damaged manifest', async () => {
    const copied = await copyOfSample('damaged');
    const source = (await openMirrorFolder(copied)).repository(repository);
    const image = await source.resolve('4.5.9-etcd');
    const { layers } = readManifest(await source.manifest(image), image.mediaType, 'etcd');
    const blobs = join(copied, 'v2', repository, 'blobs');
    await unlink(join(blobs, layers[0]!.digest));
    await assert.rejects(
      source.blob(layers[0]!),
      (error) => hasCode(error, 'images.partGone') && error.message.includes(layers[0]!.digest),
    );
    const manifest = join(copied, 'v2', repository, 'manifests', image.digest);
    await writeFile(manifest, (await readFile(manifest, 'utf8')).replace('"size": 1', '"size": 2'));
    await assert.rejects(source.resolve('4.5.9-etcd'), (error) => hasCode(error, 'images.wrongBytes'));
    await unlink(manifest);
    await rm(join(blobs, image.digest));
    await assert.rejects(source.resolve('4.5.9-etcd'), (error) => hasCode(error, 'images.partGone'));
    await assert.rejects(source.resolve('4.5.9-nothing'), (error) => hasCode(error, 'images.notFound'));
    await assert.rejects(source.resolve('../../../../etc/passwd'), (error) =>
      hasCode(error, 'images.notFound'),
    );
  });

  test('follows no link out of the folder', async () => {
    const copied = await copyOfSample('hostile');
    await writeFile(join(scratch.path, 'secret'), 'secret');
    const folder = await openMirrorFolder(copied);
    const source = folder.repository(repository);
    const image = await source.resolve('4.5.9');
    const { layers } = readManifest(await source.manifest(image), image.mediaType, 'release');
    const blob = join(copied, 'v2', repository, 'blobs', layers[0]!.digest);
    for (const target of [join(scratch.path, 'secret'), '../../../../../secret', '/dev/zero']) {
      await unlink(blob);
      await symlink(target, blob);
      await assert.rejects(source.blob(layers[0]!), (error) => hasCode(error, 'images.outsideLink'));
    }
    const tag = join(copied, 'v2', repository, 'manifests', 'evil');
    await symlink('../../../../../secret', tag);
    await assert.rejects(source.resolve('evil'), (error) => hasCode(error, 'images.outsideLink'));
    await assert.rejects(openMirrorFolder(join(copied, 'config')), (error) =>
      hasCode(error, 'images.badMirrorFolder'),
    );
  });
});

describe('createMirrorFolder()', () => {
  test('writes the same tree as oc 4.5: names, links, hard links, modes and bytes', async () => {
    const written = join(scratch.path, 'written');
    const folder = await openMirrorFolder(sample);
    const target = await createMirrorFolder(written);
    await copyTags(folder.repository(repository), await target.repository(repository));
    for (const [digest, signatures] of await folder.signatures())
      await target.putSignatures(digest, signatures);
    await target.close();
    const [ours, theirs] = [await treeOf(written), await treeOf(sample)];
    assert.ok(Object.keys(theirs).length > 550);
    const config = 'config/signature-sha256-56bcb5a54aa39d25.yaml';
    assert.deepEqual(
      parse(await readFile(join(written, config), 'utf8')),
      parse(await readFile(join(sample, config), 'utf8')),
    );
    assert.deepEqual(ours, theirs);
  });

  test('keeps what is there, replaces an image tag, and puts back a blob that was deleted', async () => {
    const copied = await copyOfSample('again');
    const images = new MemoryImages();
    const [one, two] = [images.image(['a']), images.image(['b'])];
    const folder = await createMirrorFolder(copied);
    const target = await folder.repository(repository);
    await copyImage(images, target, one, 'mine');
    await copyImage(images, target, two, 'mine');
    assert.equal(await target.tagged?.('mine'), two.digest);
    await folder.close();
    const source = (await openMirrorFolder(copied)).repository(repository);
    assert.equal((await source.tags()).length, 111);
    assert.equal((await source.resolve('mine')).digest, two.digest);
    const { layers } = readManifest(await images.manifest(two), undefined, 'two');
    await unlink(join(copied, 'v2', repository, 'blobs', layers[0]!.digest));
    assert.equal(await target.takes(layers[0]!), false);
    await copyImage(images, target, two, 'mine');
    assert.equal(await target.takes(layers[0]!), true);
    await folder.close();
    assert.deepEqual(
      (await readdir(join(copied, 'v2', repository, 'blobs'))).filter((it) => it.startsWith('.')),
      [],
    );
  });

  test('refuses names that lead anywhere', async () => {
    const target = await createMirrorFolder(join(scratch.path, 'names'));
    for (const name of ['../x', 'a//b', '/a', 'A', 'a/..', ''])
      await assert.rejects(target.repository(name), (error) => hasCode(error, 'images.notFound'), name);
    const images = new MemoryImages();
    await assert.rejects(
      async () => copyImage(images, await target.repository('a'), images.image(['x']), '../../tag'),
      (error) => hasCode(error, 'images.notFound'),
    );
  });

  test('says of a file system without colons or links that a bundle is the way', async () => {
    const refusing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
    const sound = { writeFile: async () => {}, symlink: async () => {}, unlink: async () => {} };
    await assertFits(scratch.path);
    for (const [fs, fault] of [
      [{ ...sound, writeFile: refusing('EINVAL') }, /colon/],
      [{ ...sound, symlink: refusing('EPERM') }, /symbolic link/],
    ] as const)
      await assert.rejects(
        assertFits('/media/usb', fs),
        (error: HoldfastError) =>
          hasCode(error, 'images.unfitFileSystem') &&
          fault.test(error.message) &&
          /bundle/.test(error.hint ?? ''),
      );
    await assert.rejects(assertFits('/media/usb', { ...sound, writeFile: refusing('ENOSPC') }), (error) =>
      hasCode(error, 'images.placeFull'),
    );
  });
});

describe('readSignatureFile()', () => {
  const key = `sha256-${release.slice(7)}`;
  const read = (value: unknown) =>
    readSignatureFile(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), 'f');

  test('reads the JSON that later versions write, and orders signatures by their number', () => {
    const binaryData = { [`${key}-10`]: 'eg==', [`${key}-2`]: 'Yg==', [`${key}-1`]: 'YQ==' };
    assert.deepEqual(
      [...read({ kind: 'ConfigMap', binaryData })],
      [[release, [Buffer.from('a'), Buffer.from('b'), Buffer.from('z')]]],
    );
  });

  test('refuses everything else, and says what is wrong', () => {
    const bomb = `a: &a [x,x]\nb: &b [*a,*a]\nkind: ConfigMap\nbinaryData: [*b,*b]`;
    for (const [value, fault] of [
      ['{', /neither YAML nor JSON/],
      [bomb, /neither YAML nor JSON/],
      ['text', /no ConfigMap/],
      [{ kind: 'Secret', binaryData: {} }, /no ConfigMap/],
      [{ kind: 'ConfigMap' }, /no binaryData/],
      [{ kind: 'ConfigMap', binaryData: { 'sha256-12-1': 'YQ==' } }, /names no digest/],
      [{ kind: 'ConfigMap', binaryData: { [`${key}-1`]: 'Y' } }, /not base64/],
      [{ kind: 'ConfigMap', binaryData: { [`${key}-1`]: 5 } }, /not base64/],
    ] as const)
      assert.throws(
        () => read(value),
        (error) => hasCode(error, 'images.badSignatureFile') && fault.test(error.message),
        String(fault),
      );
  });
});
