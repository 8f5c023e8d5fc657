import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { type Digest, digestOf } from '../../../kernel/index.ts';
import { createSigner, type Signer, statementOf } from '../testing/signer.ts';
import { verifySignature } from './verify-signature.ts';

const image = digestOf('the release');
const day = 24 * 3600 * 1000;
let signer: Signer;
before(async () => {
  signer = await createSigner({ date: new Date(Date.now() - 100 * day) });
});

const look = (signature: Uint8Array, change: { image?: Digest; keys?: readonly string[] } = {}) =>
  verifySignature(signature, { image, keys: [signer.publicKey], now: new Date(), ...change });

async function refused(signature: Uint8Array, reason: RegExp, change: Parameters<typeof look>[1] = {}) {
  const finding = await look(signature, change);
  assert.equal(finding.holds, false, String(reason));
  assert.match(!finding.holds ? finding.reason : '', reason);
}

/** The bytes in the form of a packet of a tag, with a length of four bytes. */
function packet(tag: number, body: Uint8Array): Uint8Array {
  const head = Buffer.alloc(6);
  head[0] = 0xc0 | tag;
  head[1] = 0xff;
  head.writeUInt32BE(body.length, 2);
  return Buffer.concat([head, body]);
}
const literal = (text: string) =>
  packet(11, Buffer.concat([Buffer.from([0x62, 0, 0, 0, 0, 0]), Buffer.from(text)]));
const compressed = (bytes: Uint8Array, behind = Buffer.alloc(0)) =>
  packet(8, Buffer.concat([Buffer.from([1]), deflateRawSync(bytes), behind]));

test('a signature that gpg made for oc holds for its release, with the key of its signer', async () => {
  const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures', name));
  const keys = [fixture('signer.asc').toString()];
  const released = 'sha256:56bcb5a54aa39d252a1d61ee0846c4b327674b23bb27e5857b16d9ffa697222e';
  assert.deepEqual(await look(fixture('signature-1'), { image: released, keys }), {
    holds: true,
    fingerprint: '1C9DFDB9A6108FE2C445DFF6D79135105E2E3019',
  });
  await refused(fixture('signature-1'), /another image, sha256:56bcb5/, { keys });
  await refused(fixture('signature-1'), /unknown key D79135105E2E3019/, { image: released });
});

test('a signature holds with any of several keys, also within a compressed message', async () => {
  const other = await createSigner();
  const signature = await signer.sign(statementOf(image));
  const keys = ['no key at all', other.publicKey + signer.publicKey];
  const held = { holds: true, fingerprint: signer.fingerprint };
  assert.deepEqual(await look(signature, { keys }), held);
  assert.deepEqual(await look(compressed(signature)), held);
});

test('a body that was tampered with is refused', async () => {
  const signature = Buffer.from(await signer.sign(statementOf(image)));
  const at = signature.indexOf('"test"') + 1;
  signature[at] = 'T'.charCodeAt(0);
  await refused(signature, /signature|digest/i);
});

test('a good signature over another image, another type or no statement is refused', async () => {
  const sign = (text: string | Uint8Array) => signer.sign(text);
  await refused(await sign(statementOf(digestOf('another'))), /another image/);
  await refused(await sign(statementOf(image, { type: 'x' })), /critical\.type/);
  await refused(await sign(statementOf(image, { more: 1 })), /not a statement/);
  await refused(await sign(statementOf(image, { image: {} })), /docker-manifest-digest/);
  await refused(await sign(statementOf(image, { identity: {} })), /docker-reference/);
  await refused(await sign(`${statementOf(image)}{}`), /not JSON as a whole/);
  await refused(await sign(`prefix ${statementOf(image)}`), /not JSON as a whole/);
  await refused(await sign(Buffer.from([0xff, 0xfe])), /not JSON as a whole/);
  await refused(await sign('null'), /not a statement/);
});

test('a key that is expired is refused, whenever the signature says it was made', async () => {
  const begun = new Date(Date.now() - 10 * day);
  const expired = await createSigner({ date: begun, expiresInS: 24 * 3600 });
  const early = await expired.sign(statementOf(image), { date: new Date(begun.getTime() + 3600_000) });
  await refused(early, /expired/i, { keys: [expired.publicKey] });
});

test('a signature of the future is refused', async () => {
  const late = await signer.sign(statementOf(image), { date: new Date(Date.now() + day) });
  await refused(late, /future/i);
});

test('what stands behind or beside the one signed body is refused', async () => {
  const signature = await signer.sign(statementOf(image));
  const fake = literal(statementOf(image));
  await refused(Buffer.concat([signature, Buffer.from('more')]), /no packet begins/);
  await refused(Buffer.concat([signature, fake]), /more than one body/);
  await refused(Buffer.concat([fake, signature]), /more than one body/);
  await refused(Buffer.concat([signature, signature]), /more than one body/);
  await refused(Buffer.concat([signature, packet(10, Buffer.from('PGP'))]), /not one signature over one/);
  await refused(Buffer.concat([signature, compressed(fake)]), /not one signature over one body/);
  await refused(compressed(compressed(signature)), /not one signature over one body/);
  await refused(Buffer.concat([compressed(signature), fake]), /behind the compressed message/);
  await refused(compressed(signature, Buffer.from('tail')), /behind the compressed message/);
  await refused(fake, /not one signature over one body/);
});

test('clear text, armor, bombs and broken bytes are refused with what they are', async () => {
  await refused(Buffer.from('-----BEGIN PGP SIGNED MESSAGE-----\n'), /armored or signed as clear text/);
  await refused(Buffer.from('<html>'), /no binary OpenPGP message/);
  await refused(Buffer.alloc(0), /not one signature/);
  await refused(Buffer.alloc(64 * 1024 + 1, 0xff), /longer than 65536 bytes/);
  await refused(compressed(Buffer.alloc(1_000_000)), /too large/);
  await refused(packet(8, Buffer.from([3, 1, 2])), /compression 3/);
  const signature = await signer.sign(statementOf(image));
  for (let length = 0; length < signature.length; length += 7)
    assert.equal((await look(signature.subarray(0, length))).holds, false, `cut at ${length}`);
});
