import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { collect } from '../../../store/index.ts';
import { createEgressGuard } from '../guard.ts';
import { selfSigned } from '../testing/certificate.ts';
import { allowedAddress, resolverOf, startOrigin } from '../testing/servers.ts';

const resolver = resolverOf({ 'tls.test': [allowedAddress], 'other.test': [allowedAddress] });
const guard = createEgressGuard({ policy: { allow: [`${allowedAddress}/32`], never: [] }, resolver });

describe('the transport over TLS', () => {
  const { cert, key } = selfSigned(['tls.test', allowedAddress]);
  const names: (string | false)[] = [];
  let connections = 0;
  const server = createServer({ cert, key, keepAliveTimeout: 60_000 }, (request, response) => {
    names.push((request.socket as TLSSocket & { servername: string | false }).servername);
    response.end('sealed');
  });
  server.on('secureConnection', () => {
    connections += 1;
  });
  let port = 0;
  before(async () => {
    server.listen(0, allowedAddress);
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const get = async (transport: ReturnType<typeof guard.transport>, host: string) => {
    const answer = await transport.send({ method: 'GET', url: new URL(`https://${host}:${port}/`) });
    return Buffer.from(await collect(answer.body, 100)).toString();
  };

  it('trusts an authority that is given, names the host, and keeps the connection', async () => {
    const transport = guard.transport({ ca: `# ours\n${cert}\n` });
    for (let i = 0; i < 3; i++) assert.equal(await get(transport, 'tls.test'), 'sealed');
    assert.equal(await get(transport, allowedAddress), 'sealed');
    assert.deepEqual(names, ['tls.test', 'tls.test', 'tls.test', false]);
    assert.equal(connections, 2);
    transport.close();
  });

  it('says why a server is not trusted, and what to do', async () => {
    const before = names.length;
    const trusting = guard.transport({ ca: cert });
    const plain = guard.transport();
    await assert.rejects(get(plain, 'tls.test'), (error: Error & { code: string; hint: string }) => {
      assert.equal(error.code, 'capture.unknownAuthority');
      return error.hint.includes('--ca');
    });
    await assert.rejects(get(trusting, 'other.test'), { code: 'capture.wrongCertificate' });
    assert.equal(names.length, before, 'a request went out to a server that is not trusted');
  });

  it('tells a plain server from one with TLS', async () => {
    await using origin = await startOrigin((_, response) => response.end());
    const url = new URL(`https://tls.test:${origin.port}/`);
    await assert.rejects(
      guard.transport().send({ method: 'GET', url }),
      (error: Error & { code: string; hint: string }) => {
        assert.equal(error.code, 'capture.notTls');
        return error.hint.includes('--plain-http');
      },
    );
  });

  it('refuses an authority that is none', () => {
    const broken = cert.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
    for (const ca of ['', 'hello', broken])
      assert.throws(() => guard.transport({ ca }), { code: 'capture.badAuthority', kind: 'invalid' });
  });
});
