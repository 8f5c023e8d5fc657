import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Answer, Send } from './client.ts';
import { freshBlob, freshConfig, imageOf, type Part } from './material.ts';

/** What the cases work with: a repository of their own, and the steps that many of them take. */
export interface World {
  readonly send: Send;
  /** A name that nothing was pushed to yet. */
  readonly name: string;
  freshName(): string;
  /** Pushes a blob with POST and PUT. */
  pushBlob(part: Part, name?: string): Promise<void>;
  putManifest(part: Part, reference?: string, name?: string): Promise<Answer>;
  /** Pushes an image with a config and a layer of its own. */
  pushImage(reference?: string, fields?: object, name?: string): Promise<Part>;
  /** Begins an upload; gives its location. */
  begin(name?: string): Promise<string>;
}

/** One promise of the distribution spec. */
export interface Case {
  readonly title: string;
  /** Why docker-registry 2.8 does not keep it; absent where it does. */
  readonly notInDocker?: string;
  run(world: World): Promise<void>;
}

/** A location with parameters more. */
export const withQuery = (location: string, query: string) =>
  `${location}${location.includes('?') ? '&' : '?'}${query}`;

/** Fails with the answer's body where the status is another one. */
export function expectStatus(answer: Answer, ...allowed: readonly number[]): Answer {
  assert.ok(
    allowed.includes(answer.status),
    `${answer.status}, not ${allowed.join(' or ')}: ${answer.body.subarray(0, 300)}`,
  );
  return answer;
}

/** The codes that an error answer gives. */
export function codesOf({ body }: Answer): readonly string[] {
  const { errors } = JSON.parse(body.toString()) as { errors: { code: string }[] };
  return errors.map((error) => error.code);
}

/** Makes the world of one case. */
export function createWorld(send: Send): World {
  const freshName = () => `conformance/${randomBytes(6).toString('hex')}`;
  const name = freshName();
  const world: World = {
    send,
    name,
    freshName,
    async begin(into = name) {
      const { headers } = expectStatus(await send('POST', `/v2/${into}/blobs/uploads/`), 202);
      assert.ok(headers.location, 'a location is given');
      return headers.location;
    },
    async pushBlob({ digest, bytes }, into = name) {
      const target = withQuery(await world.begin(into), `digest=${digest}`);
      const headers = { 'content-type': 'application/octet-stream' };
      expectStatus(await send('PUT', target, { headers, body: bytes }), 201);
    },
    putManifest: ({ bytes, digest, mediaType }, reference = digest, into = name) =>
      send('PUT', `/v2/${into}/manifests/${reference}`, {
        headers: { 'content-type': mediaType },
        body: bytes,
      }),
    async pushImage(reference, fields = {}, into = name) {
      const [config, layer] = [freshConfig(), freshBlob()];
      await world.pushBlob(config, into);
      await world.pushBlob(layer, into);
      const image = imageOf(config, [layer], fields);
      expectStatus(await world.putManifest(image, reference, into), 201);
      return image;
    },
  };
  return world;
}
