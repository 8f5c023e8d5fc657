import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { digestOf, HoldfastError, hasCode } from '../kernel/index.ts';
import {
  dockerListMediaType,
  dockerManifestMediaType,
  indexMediaType,
  manifestMediaType,
} from './media-types.ts';
import { readManifest } from './read-manifest.ts';

const part = { mediaType: 'application/octet-stream', digest: digestOf('x'), size: 1 };
const image = { schemaVersion: 2, mediaType: manifestMediaType, config: part, layers: [part] };
const index = {
  schemaVersion: 2,
  mediaType: indexMediaType,
  manifests: [{ ...part, mediaType: manifestMediaType }],
};
const bytesOf = (value: unknown) => Buffer.from(JSON.stringify(value));
const read = (value: unknown, mediaType?: string) => readManifest(bytesOf(value), mediaType, 'host/a');

describe('readManifest()', () => {
  test('reads manifests and indexes of both families, by their own media type or by the one given', () => {
    assert.equal(read(image).kind, 'image');
    assert.equal(read(index).kind, 'index');
    assert.equal(
      read({ ...image, mediaType: dockerManifestMediaType }, dockerManifestMediaType).kind,
      'image',
    );
    assert.equal(read({ ...index, mediaType: dockerListMediaType }).mediaType, dockerListMediaType);
    const { mediaType: _, ...untyped } = image;
    assert.equal(read(untyped).mediaType, manifestMediaType);
    assert.deepEqual(read({ ...image, subject: part, annotations: { a: 'b', c: 1 } }).annotations, {
      a: 'b',
    });
  });

  test('refuses schema 1 and unknown types, and names image and type', () => {
    const schema1 = { schemaVersion: 1, name: 'a', fsLayers: [], history: [], signatures: [] };
    for (const [value, type] of [
      [schema1, undefined],
      [schema1, 'application/vnd.docker.distribution.manifest.v1+prettyjws'],
      [{ ...image, mediaType: 'application/json' }, undefined],
      [image, 'text/html'],
    ] as const)
      assert.throws(
        () => read(value, type),
        (error) => hasCode(error, 'images.unsupportedManifest') && error.details.image === 'host/a',
      );
  });

  test('names what is wrong with a malformed one', () => {
    const cases: [unknown, RegExp][] = [
      [[], /not an object/],
      [{ ...image, layers: {} }, /layers is not a list/],
      [{ ...image, layers: [part, { ...part, digest: 'sha256:../../etc' }] }, /layers\[1\]/],
      [{ ...image, layers: [{ ...part, size: -1 }] }, /layers\[0\]/],
      [{ ...image, config: undefined }, /config is missing/],
      [{ ...image, manifests: [] }, /at once/],
      [{ ...index, layers: [] }, /at once/],
      [{ ...image, schemaVersion: '2' }, /schemaVersion/],
      [{ ...image, subject: 'x' }, /subject/],
    ];
    for (const [value, fault] of cases)
      assert.throws(
        () => read(value),
        (error) => hasCode(error, 'images.malformedManifest') && fault.test(error.message),
        JSON.stringify(value),
      );
    assert.throws(() => read(image, indexMediaType), /mediaType is/);
    assert.throws(() => readManifest(Buffer.from([0x22, 0xff, 0x22]), undefined, 'a'), /not JSON/);
  });

  test('refuses what would take seconds to read, or names as types what are none, however it is written', () => {
    const manyValues = { ...image, more: Array.from({ length: 300_000 }, () => ({})) };
    const deep = Buffer.from(`${JSON.stringify(image).slice(0, -1)},"more":${'['.repeat(1_000_000)}`);
    const longType = { ...image, layers: [{ ...part, mediaType: 'x'.repeat(10_000) }] };
    for (const bytes of [bytesOf(manyValues), deep, bytesOf(longType)])
      assert.throws(
        () => readManifest(bytes, undefined, 'host/a'),
        (error) => hasCode(error, 'images.malformedManifest'),
      );
    const most = Array.from({ length: 10_000 }, () => ({ ...part, annotations: { a: '1', b: '2', c: '3' } }));
    assert.equal(read({ ...image, layers: most }).layers.length, 10_000);
  });

  test('gives any bytes a manifest or an error of its own', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom(undefined, manifestMediaType, indexMediaType),
        (value, type) => {
          const mixed = typeof value === 'object' && value !== null ? { ...image, ...value } : value;
          try {
            read(mixed, type);
          } catch (error) {
            assert.ok(error instanceof HoldfastError, String(error));
          }
        },
      ),
    );
  });
});
