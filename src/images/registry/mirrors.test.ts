import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { hasCode } from '../../kernel/index.ts';
import { type FakeRegistry, startFakeRegistry } from '../testing/fake-registry.ts';
import { createPlainTransport } from '../testing/plain-transport.ts';
import { nameOf } from './context.ts';
import { createRegistry } from './create-registry.ts';
import { parseMirrors, placesFor } from './mirrors.ts';

describe('mirrors', () => {
  const transport = createPlainTransport();
  let [own, mirror]: FakeRegistry[] = [];
  const source = () =>
    createRegistry({
      transport,
      plainHttp: true,
      attempts: 2,
      pauseMs: 1,
      mirrors: [{ source: `${own!.host}/a`, mirrors: [`${mirror!.host}/copy/of-a`] }],
    }).source({ host: own!.host, repository: 'a/b' });

  before(async () => {
    [own, mirror] = await Promise.all([startFakeRegistry(), startFakeRegistry()]);
  });
  after(async () => {
    transport.close();
    await Promise.all([own!.close(), mirror!.close()]);
  });
  beforeEach(() => {
    for (const each of [own!, mirror!]) {
      each.intercept = undefined;
      each.requests.length = 0;
      for (const held of [each.blobs, each.manifests, each.tags]) held.clear();
    }
  });

  test('of the longest fitting source stand before it, and fit at slashes only', () => {
    const rules = parseMirrors([
      { source: 'quay.io', mirrors: ['m.io/q'] },
      { source: 'quay.io/a', mirrors: ['m.io/x/y', 'n.io'] },
    ]);
    const places = (repository: string) => placesFor({ host: 'quay.io', repository }, rules).map(nameOf);
    assert.deepEqual(places('a/b'), ['m.io/x/y/b', 'n.io/b', 'quay.io/a/b']);
    assert.deepEqual(places('ab'), ['m.io/q/ab', 'quay.io/ab']);
    assert.deepEqual(placesFor({ host: 'x.io', repository: 'a' }, rules).map(nameOf), ['x.io/a']);
    for (const rule of [
      { source: 'quay.io/A', mirrors: [] },
      { source: 'quay.io', mirrors: ['m.io/a:tag'] },
    ])
      assert.throws(
        () => parseMirrors([rule]),
        (error) => hasCode(error, 'images.badMirror'),
      );
  });

  test('are asked first, by image tag and by digest, and alone where they have it', async () => {
    const image = mirror!.addImage(['x'], 'v1');
    const repository = source();
    assert.deepEqual(await repository.resolve('v1'), image);
    await repository.manifest(image);
    assert.deepEqual(own!.requests, []);
    assert.ok(mirror!.requests.every((request) => request.includes('/v2/copy/of-a/b/')));
    assert.equal(repository.name, `${own!.host}/a/b`);
  });

  test('that fail or lack it are passed over; one that failed is asked last from then on', async () => {
    const image = own!.addImage(['x'], 'v1');
    assert.deepEqual(await source().resolve('v1'), image);
    const repository = source();
    mirror!.intercept = (_, response) => !!response.writeHead(500).end();
    await repository.resolve('v1');
    mirror!.requests.length = 0;
    await repository.manifest(image);
    assert.deepEqual(mirror!.requests, []);
  });

  test('are named with the reason of each where no place gives the image', async () => {
    mirror!.intercept = (_, response) => !!response.writeHead(403).end();
    own!.intercept = (_, response) => !!response.writeHead(500).end();
    await assert.rejects(source().resolve('v1'), (error) => {
      assert.ok(hasCode(error, 'images.nowhere'));
      assert.equal(error.kind, 'unavailable');
      assert.ok(error.message.includes(`${mirror!.host}/copy/of-a/b: `));
      return String(error.details.place) === `${own!.host}/a/b`;
    });
    mirror!.intercept = undefined;
    own!.intercept = undefined;
    await assert.rejects(
      source().resolve('v1'),
      (error) => hasCode(error, 'images.notFound') && error.details.place === `${own!.host}/a/b`,
    );
  });
});
