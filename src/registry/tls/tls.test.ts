import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { HoldfastError, hasCode, systemClock } from '../../kernel/index.ts';
import { openRegistry } from '../testing/open-registry.ts';
import { createAuthority } from './authority.ts';
import { readGivenTls } from './given.ts';
import { parseHostNames } from './host-names.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-tls-'));
});
after(() => rm(folder, { recursive: true }));

const dayMs = 24 * 3_600_000;
const names = parseHostNames(['registry.lab.example', '127.0.0.1', '::1', '*.apps.lab.example']);

/** The name of what a TLS client makes of a server: `ok`, or the code of the refusal. */
function handshake(port: number, ca: string, servername: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername }, () => {
      socket.destroy();
      resolve('ok');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

describe('parseHostNames()', () => {
  test('tells names from addresses, each once, and refuses everything else', () => {
    assert.deepEqual(parseHostNames(['A.Example.', 'a.example', ' 10.0.0.1', '[fd00::1]', '']), [
      { type: 'dns', value: 'a.example' },
      { type: 'ip', value: '10.0.0.1' },
      { type: 'ip', value: 'fd00::1' },
    ]);
    for (const name of ['a b', '-a', 'a..b', '1.2.3', 'a/b', '*.*.a', 'ä.example', `${'a'.repeat(64)}.b`])
      assert.throws(
        () => parseHostNames([name]),
        (error) => hasCode(error, 'registry.badHostName'),
        name,
      );
  });
});

describe('createAuthority()', () => {
  test('issues a certificate that clients accept for its names, and for no other', async () => {
    const authority = createAuthority({ folder: join(folder, 'a'), clock: systemClock });
    const identity = await authority.identityFor(names);
    const ca = await authority.certificate();
    const registry = await openRegistry({ tls: identity });
    try {
      for (const name of ['registry.lab.example', 'x.apps.lab.example'])
        assert.equal(await handshake(registry.port, ca, name), 'ok');
      assert.equal(await handshake(registry.port, ca, 'other.example'), 'ERR_TLS_CERT_ALTNAME_INVALID');
    } finally {
      await registry.close();
    }
    const cert = new X509Certificate(identity.cert);
    assert.ok(cert.checkIP('::1') && cert.checkIP('127.0.0.1'));
    assert.deepEqual(
      execFileSync('openssl', ['x509', '-noout', '-ext', 'keyUsage,extendedKeyUsage'], {
        input: identity.cert,
        encoding: 'utf8',
      }).match(/Digital Signature|TLS Web Server/g),
      ['Digital Signature', 'TLS Web Server'],
    );
  });

  test('keeps its key for its owner alone, and is the same when it is opened again', async () => {
    const one = createAuthority({ folder: join(folder, 'b'), clock: systemClock });
    const two = createAuthority({ folder: join(folder, 'b'), clock: systemClock });
    const [first, second] = await Promise.all([one.certificate(), two.certificate()]);
    assert.equal(first, second);
    assert.equal((await stat(join(folder, 'b', 'authority.pem'))).mode & 0o777, 0o600);
    const identity = await one.identityFor(names);
    assert.deepEqual(await two.identityFor(names), identity);
    assert.notDeepEqual(await two.identityFor(parseHostNames(['other.example'])), identity);
  });

  test('renews the certificate a month before it ends, and itself with the same key, so that old trust holds', async () => {
    let now = Date.now();
    const clock = { now: () => now };
    const authority = createAuthority({ folder: join(folder, 'c'), clock });
    const ca = await authority.certificate();
    const first = await authority.identityFor(names);
    now += 360 * dayMs;
    assert.deepEqual(await authority.identityFor(names), first);
    now += 8 * dayMs;
    const second = await authority.identityFor(names);
    assert.notEqual(second.cert, first.cert);
    now += 3_000 * dayMs;
    const renewed = await authority.certificate();
    assert.notEqual(renewed, ca);
    const third = new X509Certificate((await authority.identityFor(names)).cert);
    assert.ok(third.checkIssued(new X509Certificate(ca)));
    assert.ok(third.verify(new X509Certificate(ca).publicKey));
  });

  test('says so where the file is damaged, and does not make another', async () => {
    const path = join(folder, 'd', 'authority.pem');
    const authority = createAuthority({ folder: join(folder, 'd'), clock: systemClock });
    await authority.certificate();
    const text = await readFile(path, 'utf8');
    await writeFile(path, text.slice(0, 300));
    await assert.rejects(authority.certificate(), (error) => hasCode(error, 'registry.badAuthority'));
  });
});

describe('readGivenTls()', () => {
  test('takes a certificate with its chain and says what is wrong with any other', async () => {
    const authority = createAuthority({ folder: join(folder, 'e'), clock: systemClock });
    const { cert, key } = await authority.identityFor(names);
    const ca = await authority.certificate();
    const other = await createAuthority({ folder: join(folder, 'f'), clock: systemClock }).identityFor(names);
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-subj',
        '/CN=registry.lab.example',
        '-addext',
        'basicConstraints=critical,CA:FALSE',
        '-keyout',
        join(folder, 'cn.key'),
        '-out',
        join(folder, 'cn.pem'),
      ],
      { stdio: 'pipe' },
    );
    const cnOnly = await readFile(join(folder, 'cn.pem'), 'utf8');
    const cnKey = await readFile(join(folder, 'cn.key'), 'utf8');
    const read = async (certText: string, keyText: string, nowMs = Date.now()) => {
      const paths = { certificate: join(folder, 'given.pem'), key: join(folder, 'given.key') };
      await writeFile(paths.certificate, certText);
      await writeFile(paths.key, keyText);
      return readGivenTls(paths, { now: () => nowMs });
    };
    assert.deepEqual(await read(cert + ca, key), { cert: cert + ca, key });
    const faults: [string, string, RegExp, number?][] = [
      ['nothing', key, /no PEM certificate/],
      [`${cert.slice(0, 200)}\n-----END CERTIFICATE-----`, key, /can not be read/],
      [ca + cert, key, /authority, not that of a server/],
      [cert + cert, key, /certificate 2 in it did not issue certificate 1/],
      [cnOnly, cnKey, /no subject alternative names/],
      [cert, other.key, /not the key of the certificate/],
      [cert, 'nothing', /Key/],
      [cert, key, /it ended on/, Date.now() + 500 * dayMs],
      [cert, key, /it begins on/, Date.now() - 500 * dayMs],
    ];
    for (const [certText, keyText, fault, nowMs] of faults)
      await assert.rejects(read(certText, keyText, nowMs), (error) => {
        assert.ok(error instanceof HoldfastError && error.code.startsWith('registry.bad'), String(error));
        assert.match(error.message, fault);
        assert.equal(error.message.includes('PRIVATE'), false);
        return true;
      });
    const missing = { certificate: join(folder, 'none'), key: join(folder, 'none') };
    await assert.rejects(readGivenTls(missing, systemClock), (e) => hasCode(e, 'registry.badCertificate'));
  });
});
