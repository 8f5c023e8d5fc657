import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOf, type HttpTransport } from '../../../kernel/index.ts';
import { fetchSignatures } from './fetch-signatures.ts';

const image = digestOf('release');
const store = 'https://a.example.org/signatures/';
const path = `/signatures/${image.replace(':', '=')}/signature-`;

type Answer = { status: number; location?: string; body?: Uint8Array };

function transportOf(answer: (url: URL) => Answer) {
  const asked: string[] = [];
  const transport: HttpTransport = {
    async send({ url }) {
      asked.push(url.href);
      const { status, location, body } = answer(url);
      const headers: Record<string, string> = location === undefined ? {} : { location };
      return {
        status,
        headers,
        body: (async function* () {
          if (body) yield body;
        })(),
        discard: () => {},
      };
    },
    close: () => {},
  };
  return { transport, asked };
}

test('signatures are fetched by number until one is not there, and ten at most', async () => {
  const held = (count: number) =>
    transportOf((url) => {
      const number = Number(url.pathname.slice(path.length));
      return number <= count ? { status: 200, body: Buffer.from([number]) } : { status: 404 };
    });
  const two = held(2);
  assert.deepEqual(
    (await fetchSignatures(image, store, two)).map((bytes) => bytes[0]),
    [1, 2],
  );
  assert.deepEqual(
    two.asked,
    [1, 2, 3].map((number) => `https://a.example.org${path}${number}`),
  );
  assert.equal((await fetchSignatures(image, store, held(99))).length, 10);
});

test('a redirect is followed, but not to plain HTTP and not without end', async () => {
  const moved = (location: string) =>
    transportOf(({ host }) => (host === 'b.example.org' ? { status: 404 } : { status: 302, location }));
  const to = moved('https://b.example.org/x');
  assert.deepEqual(await fetchSignatures(image, store, to), []);
  assert.equal(to.asked.length, 2);
  await assert.rejects(
    fetchSignatures(image, store, moved('http://b.example.org/x')),
    /not an https address/,
  );
  await assert.rejects(fetchSignatures(image, store, moved('file:///etc/passwd')), /not an https address/);
  await assert.rejects(fetchSignatures(image, store, moved('/again')), /too many redirects/);
});

test('stores over plain HTTP are asked only where that was said, and never with a login in the address', async () => {
  const { transport, asked } = transportOf(() => ({ status: 404 }));
  const plain = 'http://a.example.org';
  await assert.rejects(fetchSignatures(image, plain, { transport }), /not an https address/);
  await assert.rejects(fetchSignatures(image, 'https://u:p@a.example.org', { transport }), /not an https/);
  assert.deepEqual(asked, []);
  assert.deepEqual(await fetchSignatures(image, plain, { transport, plainHttp: true }), []);
});

test('an answer that is too large, or not one, is refused', async () => {
  const large = transportOf(() => ({ status: 200, body: Buffer.alloc(64 * 1024 + 1) }));
  await assert.rejects(fetchSignatures(image, store, large), /65536/);
  await assert.rejects(
    fetchSignatures(
      image,
      store,
      transportOf(() => ({ status: 500 })),
    ),
    /status 500/,
  );
});
