import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { copyFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { hasCode } from '../kernel/index.ts';
import { canonicalJson } from './format/canonical-json.ts';
import { verifyBundle } from './read/verify-bundle.ts';
import { makeKey, readPrivateKey, readPublicKey } from './signature.ts';
import { keepPage, noise } from './testing/keep.ts';
import { openWorld, scratchFolder } from './testing/world.ts';

const refused = (error: unknown) => hasCode(error, 'bundle.badSignature');

describe('the signature of a bundle', () => {
  test('is taken from the trusted key alone, over exactly these bytes, before anything is imported', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using scratch = await scratchFolder();
    const bundle = join(scratch.path, 'bundle');
    const own = join(scratch.path, 'own');
    const { keyId } = await makeKey(own);
    assert.equal((await stat(own)).mode & 0o777, 0o600);
    await makeKey(join(scratch.path, 'other'));
    await keepPage(here, { url: 'https://example.com/', parts: [noise(10, 1)] });
    await here.export({ to: bundle, key: await readPrivateKey(own) });
    const trust = await readPublicKey(`${own}.pub`);
    const stranger = await readPublicKey(join(scratch.path, 'other.pub'));

    assert.deepEqual((await verifyBundle(bundle, { trust })).signature, { state: 'trusted', keyId });
    assert.deepEqual((await verifyBundle(bundle)).signature, { state: 'unchecked', keyId });
    await assert.rejects(verifyBundle(bundle, { trust: stranger }), refused);
    await assert.rejects(there.import(bundle, { trust: stranger }), refused);

    const place = join(bundle, 'bundle.json');
    const text = await readFile(place, 'utf8');
    assert.equal(text, canonicalJson(JSON.parse(text)), 'the index is in its one form');
    await writeFile(place, text.replace('https://example.com/', 'https://example.org/'));
    await assert.rejects(there.import(bundle, { trust }), refused);
    assert.deepEqual(await Array.fromAsync(there.store.list()), []);
    await writeFile(place, text);
    const sign = `${place}.sig`;
    await copyFile(sign, `${sign}.kept`);
    for (const broken of ['', '{}', 'x'.repeat(5_000), (await readFile(sign, 'utf8')).replace('ed', 'xx')]) {
      await writeFile(sign, broken);
      await assert.rejects(verifyBundle(bundle, { trust }), (error) => refused(error) || isUnsigned(error));
    }
    await rm(sign);
    await assert.rejects(verifyBundle(bundle, { trust }), isUnsigned);
    assert.deepEqual((await verifyBundle(bundle)).signature, { state: 'none' });
    await copyFile(`${sign}.kept`, sign);
    assert.equal((await there.import(bundle, { trust })).ok, true);
  });

  const isUnsigned = (error: unknown) => hasCode(error, 'bundle.unsigned');

  test('decides whether a link may say how its server is asked; what a link here says stays in any case', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using trusting = await openWorld();
    await using scratch = await scratchFolder();
    const bundle = join(scratch.path, 'bundle');
    const own = join(scratch.path, 'own');
    await makeKey(own);
    const [url, known] = ['https://example.com/a', 'https://example.com/b'];
    const checksum = `sha256:${'1'.repeat(64)}`;
    for (const each of [url, known]) {
      await here.links.add([{ url: each, options: { checksum, plainHttp: true } }], { capture: false });
      await keepPage(here, { url: each, parts: [noise(10, 1)] });
    }
    await here.export({ to: bundle, key: await readPrivateKey(own) });
    for (const { links } of [there, trusting])
      await links.add([{ url: known, options: { platforms: ['linux/arm64'] } }], { capture: false });
    await there.import(bundle);
    await trusting.import(bundle, { trust: await readPublicKey(`${own}.pub`) });
    const optionsOf = async ({ links }: typeof here) =>
      new Map((await links.query({})).links.map((link) => [link.url, link.options]));
    const kept = [known, { platforms: ['linux/arm64'] }] as const;
    assert.deepEqual(await optionsOf(there), new Map<string, object>([kept, [url, { checksum }]]));
    assert.deepEqual(
      await optionsOf(trusting),
      new Map<string, object>([kept, [url, { checksum, plainHttp: true }]]),
    );
  });

  test('decides whether a release counts as verified by its own signature', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using trusting = await openWorld();
    await using scratch = await scratchFolder();
    const own = join(scratch.path, 'own');
    await makeKey(own);
    const change = { evidence: [{ code: 'signatureVerified', details: { key: 'K' } }] as const };
    await keepPage(here, { url: 'https://example.com/a', parts: [noise(10, 1)], change });
    const bundle = join(scratch.path, 'bundle');
    await here.export({ to: bundle, key: await readPrivateKey(own) });
    await there.import(bundle);
    await trusting.import(bundle, { trust: await readPublicKey(`${own}.pub`) });
    const evidenceOf = async ({ links }: typeof here) =>
      (await links.query({})).links[0]!.snapshot!.evidence.map(({ code }) => code);
    assert.deepEqual(await evidenceOf(there), ['signatureByOwnKeyOnly']);
    assert.deepEqual(await evidenceOf(trusting), ['signatureVerified']);
  });

  test('decides whether a snapshot may come from the future, where it would hide every later one', async () => {
    await using here = await openWorld();
    await using there = await openWorld();
    await using scratch = await scratchFolder();
    const own = join(scratch.path, 'own');
    await makeKey(own);
    const dayMs = 86_400_000;
    await keepPage(here, { url: 'https://example.com/a', parts: [noise(10, 1)], change: { takenAt: dayMs } });
    const bundle = join(scratch.path, 'bundle');
    await here.export({ to: bundle, key: await readPrivateKey(own) });
    const clock = { now: () => -1 };
    const { refused, recorded } = await there.import(bundle, { clock });
    assert.deepEqual([refused.map(({ error }) => error.code), recorded], [['bundle.badSnapshot'], 0]);
    assert.equal(
      (await there.import(bundle, { clock, trust: await readPublicKey(`${own}.pub`) })).recorded,
      1,
    );
    assert.equal((await there.import(bundle, { clock: { now: () => 0 } })).known, 1);
  });

  test('goes when the bundle is written again without a key', async () => {
    await using here = await openWorld();
    await using scratch = await scratchFolder();
    const key = join(scratch.path, 'key');
    await makeKey(key);
    await keepPage(here, { url: 'https://example.com/', parts: [noise(10, 1)] });
    const to = join(scratch.path, 'bundle');
    await here.export({ to, key: await readPrivateKey(key) });
    const again = await here.export({ to });
    assert.equal(again.writtenBytes, again.tarBytes);
    assert.equal((await verifyBundle(to)).signature.state, 'none');
  });

  test('is made by Ed25519 keys without a passphrase, and no key is written over', async () => {
    await using scratch = await scratchFolder();
    const place = join(scratch.path, 'key');
    await makeKey(place);
    await assert.rejects(makeKey(place), (error) => hasCode(error, 'bundle.keyExists'));
    const bad = (error: unknown) => hasCode(error, 'bundle.badKey');
    await assert.rejects(readPrivateKey(`${place}.pub`), bad);
    await assert.rejects(readPublicKey(join(scratch.path, 'nowhere')), bad);
    const rsa = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { privateKey } = generateKeyPairSync('ed25519');
    const locked = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } as const;
    for (const pem of [
      rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      privateKey.export(locked),
      'x',
    ]) {
      await writeFile(place, pem);
      await assert.rejects(readPrivateKey(place), bad);
    }
  });
});
