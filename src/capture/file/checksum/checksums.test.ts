import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { codesOf, fileEngine } from '../testing/file-engine.ts';
import { bytesOf, type ServedFile, sha256, startFileServer } from '../testing/file-server.ts';
import { headerDigest } from './header-digest.ts';
import { digestInList } from './parse-list.ts';

const bytes = bytesOf(200_000);
const hex = sha256(bytes);
const wrong = sha256(Buffer.from('something else'));
const sha512 = createHash('sha512').update(bytes).digest('hex');
const base64 = (text: string) => Buffer.from(text, 'hex').toString('base64');

const text = (content: string): ServedFile => ({
  bytes: Buffer.from(content),
  headers: { 'content-type': 'text/plain' },
});

/** Takes `/os/a.iso` from a server that has these files besides; gives its evidence and what was kept. */
async function take(beside: Record<string, ServedFile>, checksum?: string, headers?: Record<string, string>) {
  await using server = await startFileServer({
    '/os/a.iso': { bytes, etag: '"1"', ...(headers && { headers }) },
    ...beside,
  });
  const engine = fileEngine();
  const outcome = await engine.take(`${server.origin}/os/a.iso`, checksum === undefined ? {} : { checksum });
  const [decisive] = outcome.evidence.filter(({ code }) => code.startsWith('checksum'));
  const source = String(decisive?.details.source ?? '').replace(server.origin, '');
  const held = await Array.fromAsync(engine.store.list());
  return { outcome, code: decisive?.code, source, held, asked: server.asked, details: decisive?.details };
}

describe('the checksum of a file', () => {
  it('that is given is what the bytes must have, whatever lies beside', async () => {
    const beside = { '/os/a.iso.sha256': text(wrong) };
    for (const checksum of [`sha256:${hex}`, `sha512:${sha512}`]) {
      const { outcome, code, source, asked } = await take(beside, checksum);
      assert.deepEqual([outcome.verdict, code, source], ['good', 'checksumMatched', '--checksum']);
      assert.deepEqual(asked, ['/os/a.iso 0-199999'], 'nothing else is asked for');
    }
  });

  it('that does not match fails the capture, says both, and nothing is kept', async () => {
    for (const [beside, checksum, headers, from] of [
      [{}, `sha256:${wrong}`, undefined, '--checksum'],
      [{ '/os/SHA256SUMS': text(`${wrong}  a.iso\n`) }, undefined, undefined, '/os/SHA256SUMS'],
      [{}, undefined, { 'repr-digest': `sha-256=:${base64(wrong)}:` }, 'Repr-Digest'],
    ] as const) {
      const { outcome, code, source, held, details } = await take(beside, checksum, headers);
      assert.deepEqual([outcome.digest, outcome.verdict, code], [null, 'failed', 'checksumMismatch']);
      assert.equal(source, from);
      assert.deepEqual([details?.expected, details?.actual], [`sha256:${wrong}`, `sha256:${hex}`]);
      assert.deepEqual(held, []);
    }
  });

  it('is found beside the file under every usual name', async () => {
    const places = ['a.iso.sha256', 'a.iso.sha256sum', 'sha256sum.txt', 'SHA256SUMS', 'sha256sums.txt'];
    for (const name of places) {
      const { code, source } = await take({ [`/os/${name}`]: text(`${wrong}  b.iso\n${hex} *a.iso\n`) });
      assert.deepEqual([code, source], ['checksumMatched', `/os/${name}`]);
    }
  });

  it('is taken from the headers where none lies beside', async () => {
    const header = { digest: `SHA-256=${base64(hex)}` };
    assert.deepEqual((await take({}, undefined, header)).source, 'Digest');
    const both = await take({ '/os/a.iso.sha256': text(hex) }, undefined, header);
    assert.equal(both.source, '/os/a.iso.sha256');
  });

  it('is not looked for in what is hostile: huge, endless, a page, another file’s, contradicting itself', async () => {
    const huge: ServedFile = { bytes: Buffer.alloc(2_000_000, `${wrong}  a.iso\n`), headers: {} };
    for (const list of [
      huge,
      text('<html>not found</html>'),
      text(`${wrong}  other/a.iso\n${wrong}  a.iso.sig\n`),
      text(`${wrong}  a.iso\n${hex}  a.iso\n`),
      text(`${wrong}${'0'.repeat(64)}`.slice(0, 100)),
    ]) {
      const { outcome, code } = await take({ '/os/SHA256SUMS': list, '/os/a.iso.sha256': list });
      assert.deepEqual([outcome.verdict, code, codesOf(outcome)], ['good', undefined, ['download']]);
    }
  });
});

describe('digestInList()', () => {
  it('reads the forms of GNU and BSD', () => {
    for (const line of [
      `${hex}  a.iso`,
      `${hex} *a.iso`,
      `${hex.toUpperCase()}  ./a.iso`,
      `SHA256 (a.iso) = ${hex}`,
      `SHA256(a.iso)= ${hex}`,
      `SHA2-256 (./a.iso) = ${hex}`,
    ])
      for (const list of [line, `# comment\r\n${wrong}  b.iso\r\n${line}\r\n`, `${hex}  a.iso\n${line}`])
        assert.equal(digestInList(list, 'a.iso'), `sha256:${hex}`, list);
    assert.equal(digestInList(`${sha512}  a.iso`, 'a.iso'), `sha512:${sha512}`);
    assert.equal(digestInList(`${sha512}  a.iso\n${hex}  a.iso`, 'a.iso'), `sha256:${hex}`);
  });

  it('takes a digest that stands alone only from the list of one file', () => {
    assert.equal(digestInList(`${hex}\n`, 'a.iso', { alone: true }), `sha256:${hex}`);
    assert.equal(digestInList(`${hex}\n`, 'a.iso'), undefined);
    assert.equal(digestInList(`${hex}\n${wrong}\n`, 'a.iso', { alone: true }), undefined);
  });

  it('takes nothing from lines that are almost right', () => {
    for (const line of [
      `${hex} a.iso`,
      `${hex}\ta.iso`,
      ` ${hex}  a.iso`,
      `${hex}  a.iso `,
      `${hex}  A.iso`,
      `${hex}  x/a.iso`,
      `${hex}  ../a.iso`,
      `\\${hex}  a.iso`,
      `${hex.slice(1)}  a.iso`,
      `SHA256 (a.iso) = ${sha512}`,
      `SHA512 (a.iso) = ${hex}`,
      `MD5 (a.iso) = ${hex.slice(0, 32)}`,
      `${hex}  a.iso${' '.repeat(5_000)}`,
      `${hex}  a.iso\n`.repeat(30_000),
      '',
    ])
      assert.equal(digestInList(line, 'a.iso'), undefined, line.slice(0, 100));
  });
});

describe('headerDigest()', () => {
  it('prefers fields of RFC 9530, and sha256', () => {
    const digest = `sha256:${hex}`;
    const both = `sha-512=:${base64(sha512)}:, sha-256=:${base64(hex)}:`;
    assert.deepEqual(headerDigest({ 'repr-digest': both, digest: 'SHA-256=x' }), {
      digest,
      source: 'Repr-Digest',
    });
    assert.deepEqual(headerDigest({ digest: `md5=abc, sha-256=${base64(hex)}` }), {
      digest,
      source: 'Digest',
    });
    assert.equal(headerDigest({ 'repr-digest': `sha-512=:${base64(sha512)}:` })?.digest, `sha512:${sha512}`);
    for (const bad of ['', 'sha-256', `sha-256=:${base64(sha512)}:`, 'sha-256=:!:', `unixsum=${base64(hex)}`])
      assert.equal(headerDigest({ digest: bad }), undefined, bad);
  });
});
