import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { freshBlob } from '../../../test/interop/registry-conformance/material.ts';
import { codesOf, expectStatus } from '../../../test/interop/registry-conformance/world.ts';
import { silentLogger } from '../../kernel/index.ts';
import { basic, openWorld } from '../testing/open-world.ts';

describe('access to the registry', () => {
  test('nobody gets in where it is not open, and Basic is asked for', async () => {
    const { send, name } = await openWorld({ policy: { openOnLoopback: false } });
    for (const target of ['/v2/', `/v2/${name}/tags/list`, '/v2/_catalog']) {
      const answer = expectStatus(await send('GET', target), 401);
      assert.deepEqual(codesOf(answer), ['UNAUTHORIZED']);
      assert.match(answer.headers['www-authenticate'] ?? '', /^Basic realm=/);
    }
  });

  test('users and robots log in with Basic; wrong credentials are 401 even where anybody may pull', async () => {
    const { as, robots, name } = await openWorld({ policy: { openOnLoopback: false, anonymousPull: true } });
    const { secret } = await robots.create({
      name: 'r',
      rights: [{ pattern: 'conformance/*', actions: ['pull'] }],
    });
    const post = `/v2/${name}/blobs/uploads/`;
    expectStatus(await as(basic('user', 'password'))('POST', post), 202);
    expectStatus(await as(basic('r', secret))('GET', '/v2/'), 200);
    assert.deepEqual(codesOf(expectStatus(await as(basic('r', secret))('POST', post), 403)), ['DENIED']);
    expectStatus(await as(basic('', ''))('GET', '/v2/'), 200);
    for (const wrong of [
      basic('user', 'x'),
      basic('r', `${secret}x`),
      basic('x', secret),
      'Bearer x',
      'Basic !',
    ])
      expectStatus(await as(wrong)('GET', '/v2/'), 401);
    await robots.revoke('r');
    expectStatus(await as(basic('r', secret))('GET', '/v2/'), 401);
  });

  test('the catalog shows a robot what it may pull and nothing else', async () => {
    const { as, robots, pushImage } = await openWorld();
    await pushImage('v1', {}, 'secret/a');
    await pushImage('v1', {}, 'team/a');
    const { secret } = await robots.create({ name: 'r', rights: [{ pattern: 'team/*', actions: ['pull'] }] });
    const { body } = await as(basic('r', secret))('GET', '/v2/_catalog');
    assert.deepEqual(JSON.parse(body.toString()).repositories, ['team/a']);
    expectStatus(await as(basic('r', secret))('GET', '/v2/secret/a/manifests/v1'), 403);
  });

  test('a blob is mounted only from where its sender may pull', async () => {
    const { as, robots, pushBlob } = await openWorld();
    const blob = freshBlob();
    await pushBlob(blob, 'secret/a');
    const { secret } = await robots.create({ name: 'r', rights: [{ pattern: 'team/*', actions: ['push'] }] });
    const send = as(basic('r', secret));
    for (const query of [`mount=${blob.digest}&from=secret/a`, `mount=${blob.digest}`])
      expectStatus(await send('POST', `/v2/team/a/blobs/uploads/?${query}`), 202);
    expectStatus(await send('HEAD', `/v2/team/a/blobs/${blob.digest}`), 404);
  });

  test('a web page gets nothing, and a foreign name for loopback opens nothing', async () => {
    const { send } = await openWorld();
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }] as Record<
      string,
      string
    >[])
      expectStatus(await send('POST', '/v2/a/blobs/uploads/', { headers }), 403);
    for (const headers of [{ host: 'evil.example' }, { 'x-forwarded-for': '10.0.0.1' }] as Record<
      string,
      string
    >[])
      expectStatus(await send('GET', '/v2/', { headers }), 401);
  });

  test('read-only lets nobody push or delete', async () => {
    const { as, name } = await openWorld({ policy: { readOnly: true } });
    const send = as(basic('user', 'password'));
    expectStatus(await send('POST', `/v2/${name}/blobs/uploads/`), 403);
    expectStatus(await send('DELETE', `/v2/${name}/manifests/v1`), 403);
  });

  test('the log says who did what, and holds no secret and no id of an upload', async () => {
    const lines: string[] = [];
    const logger = { ...silentLogger, info: (fields: object) => void lines.push(JSON.stringify(fields)) };
    const { as, robots, begin } = await openWorld({ logger });
    const { secret } = await robots.create({ name: 'r', rights: [{ pattern: '*', actions: ['push'] }] });
    const location = await begin();
    await as(basic('r', secret))('GET', '/v2/');
    await as(basic('r', secret))('GET', location);
    const log = lines.join('\n');
    assert.match(log, /"who":"robot r"/);
    for (const hidden of [secret, Buffer.from(`r:${secret}`).toString('base64'), location.split('/').at(-1)!])
      assert.equal(log.includes(hidden), false);
  });
});
