import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { getCACertificates, setDefaultCACertificates, type TLSSocket } from 'node:tls';
import { hasCode } from '../../../kernel/index.ts';
import { collect } from '../../../store/index.ts';
import { createEgressGuard } from '../guard.ts';
import { selfSigned } from '../testing/certificate.ts';
import { resolverOf } from '../testing/servers.ts';

const resolver = resolverOf({ 'tls.test': ['127.0.0.2'], 'other.test': ['127.0.0.2'] });
const guard = createEgressGuard({ policy: { allow: ['127.0.0.2/32'], never: [] }, resolver });

describe('fetch() over TLS', () => {
  const known = getCACertificates();
  const { cert, key } = selfSigned(['tls.test', '127.0.0.2']);
  const names: (string | false)[] = [];
  let requests = 0;
  const server = createServer({ cert, key }, (request, response) => {
    requests += 1;
    names.push((request.socket as TLSSocket & { servername: string | false }).servername);
    response.end('sealed');
  });
  let port = 0;
  before(async () => {
    server.listen(0, '127.0.0.2');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    setDefaultCACertificates([...known, cert]);
  });
  after(() => {
    setDefaultCACertificates(known);
    server.closeAllConnections();
    server.close();
  });

  it('names the host to the server and reads what is signed for it', async () => {
    const answer = await guard.fetch(`https://tls.test:${port}/`);
    assert.equal(Buffer.from(await collect(answer.body, 100)).toString(), 'sealed');
    assert.equal(names.at(-1), 'tls.test');
    const literal = await guard.fetch(`https://127.0.0.2:${port}/`);
    assert.equal(literal.status, 200);
    await collect(literal.body, 100);
    assert.equal(names.at(-1), false);
  });

  it('sends nothing to a server whose certificate is for another name, or signed by nobody known', async () => {
    const before = requests;
    const failed = (error: unknown) => hasCode(error, 'capture.fetchFailed');
    await assert.rejects(guard.fetch(`https://other.test:${port}/`), failed);
    await assert.rejects(guard.fetch(`https://other.test:${port}/`), /altnames/);
    setDefaultCACertificates(known);
    await assert.rejects(guard.fetch(`https://tls.test:${port}/`), /self-signed certificate/);
    setDefaultCACertificates([...known, cert]);
    assert.equal(requests, before);
  });
});
