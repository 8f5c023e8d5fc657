import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hasCode } from '../../kernel/index.ts';
import { scratchFolder } from '../testing/scratch-folder.ts';
import { isPlace, parsePlace, recognisePlace } from './index.ts';

const digest = `sha256:${'a'.repeat(64)}`;

describe('parsePlace()', () => {
  test('reads registries, layouts, archives and folders of oc, with the tag only where it was written', () => {
    const host = { host: 'quay.lab:5000', repository: 'ocp4/openshift4' };
    const tagOf = (text: string) => {
      const place = parsePlace(text);
      assert.equal(place.kind, 'registry');
      return 'reference' in place ? place.reference : undefined;
    };
    assert.deepEqual(tagOf('docker://quay.lab:5000/ocp4/openshift4'), host);
    assert.deepEqual(tagOf('docker://quay.lab:5000/ocp4/openshift4:latest'), { ...host, tag: 'latest' });
    assert.deepEqual(tagOf(`docker://quay.lab:5000/ocp4/openshift4:a@${digest}`), {
      ...host,
      tag: 'a',
      digest,
    });
    const told = (text: string) => {
      const { text: _, ...rest } = parsePlace(text);
      return rest;
    };
    assert.deepEqual(told('oci:out:v1'), { kind: 'layout', path: 'out', tag: 'v1' });
    assert.deepEqual(told('oci:/a:b/out'), { kind: 'layout', path: '/a:b/out' });
    assert.deepEqual(told('oci-archive:a.tar'), { kind: 'archive', path: 'a.tar' });
    assert.deepEqual(told('oc:/mirror'), { kind: 'mirror', path: '/mirror' });
  });

  test('names what is wrong with any other text', () => {
    for (const text of ['', 'quay.io/a/b', 'dir:x', 'oci:', 'oc:', 'oci::v1', 'oci:a:no tag', 'oc:a\0b'])
      assert.throws(
        () => parsePlace(text),
        (error) => hasCode(error, 'images.badPlace'),
        text,
      );
    assert.throws(
      () => parsePlace('docker://a.lab/B'),
      (error) => hasCode(error, 'images.badReference'),
    );
    assert.deepEqual(['oc:x', 'docker://a/b', 'https://a/b', '01m8'].map(isPlace), [
      true,
      true,
      false,
      false,
    ]);
  });
});

test('recognisePlace() tells folders and files apart by what lies there', async () => {
  await using scratch = await scratchFolder();
  const at = (name: string) => join(scratch.path, name);
  await mkdir(at('oc/v2'), { recursive: true });
  await mkdir(at('unpacked/mirror/v2'), { recursive: true });
  await mkdir(at('layout'));
  await mkdir(at('other'));
  await writeFile(at('layout/oci-layout'), '{}');
  await writeFile(at('file.tar'), '');
  const told = async (name: string) => {
    const place = await recognisePlace(at(name));
    return place && [place.kind, place.path];
  };
  assert.deepEqual(await told('oc'), ['mirror', at('oc')]);
  assert.deepEqual(await told('unpacked'), ['mirror', at('unpacked/mirror')]);
  assert.deepEqual(await told('layout'), ['layout', at('layout')]);
  assert.deepEqual(await told('file.tar'), ['archive', at('file.tar')]);
  assert.equal(await told('other'), undefined);
  assert.deepEqual((await recognisePlace('oc:/nowhere'))?.kind, 'mirror');
  await assert.rejects(told('nowhere'), (error) => hasCode(error, 'images.placeFailed'));
});
