import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createContract } from '../testing/contract.ts';
import { type CallOptions, createHarness, type Harness, password } from '../testing/harness.ts';

const links = { links: [{ url: 'https://example.org/' }] };
const problemOf = async (response: Response) => {
  const { code } = (await response.json()) as { code: string };
  return [response.status, code];
};
const refused = async (harness: Harness, path: string, options: CallOptions) =>
  problemOf(await harness.call(path, options));

const publicKeys = ['GET /api/health', 'GET /api/session', 'POST /api/session', 'POST /api/setup'];

test('without a login every operation of the document answers 401, the public ones excepted', async () => {
  const harness = await createHarness({ open: false });
  const { operations } = await createContract(harness);
  assert.ok(operations.length >= 27);
  for (const { key, path, method } of operations) {
    const options: CallOptions = { method: method.toUpperCase(), ...(method === 'get' ? {} : { body: {} }) };
    const response = await harness.call(path.replace(/\{\w+\}/g, 'x'), options);
    if (publicKeys.includes(key)) assert.notEqual((await problemOf(response))[1], 'auth.loginNeeded', key);
    else {
      assert.deepEqual(await problemOf(response), [401, 'auth.loginNeeded'], key);
      assert.equal(response.headers.get('www-authenticate'), 'Bearer realm="Holdfast"');
    }
  }
  // Nor does a path that is not there tell of that, nor another method or HEAD.
  for (const [path, method] of [
    ['/api/nothing', 'GET'],
    ['/api/links/x', 'PUT'],
    ['/api//links', 'GET'],
    ['/API/links', 'POST'],
    ['/%61pi/links', 'GET'],
    ['/api/%6cinks', 'GET'],
    ['/x/../api/links', 'GET'],
  ] as const)
    assert.ok([401, 404].includes((await harness.call(path, { method })).status), path);
  assert.equal((await harness.call('/api/links', { method: 'HEAD' })).status, 401);
  assert.equal((await harness.links.query({})).total, 0);
});

test('a session, an API token by either scheme, and nothing else opens the API', async () => {
  const harness = await createHarness({ open: false });
  const { headers, session } = await harness.logIn();
  const { token, id } = await harness.auth.createToken(session.user.id, 'script');
  const status = async (sent: Record<string, string>) =>
    (await harness.call('/api/links', { headers: sent })).status;
  assert.equal(await status(headers), 200);
  for (const scheme of ['Bearer', 'bearer', 'Token'])
    assert.equal(await status({ authorization: `${scheme} ${token}` }), 200);
  for (const authorization of [`Basic ${token}`, 'Bearer', 'Bearer hf_x', `Bearer ${token}x`, token])
    assert.equal(await status({ authorization }), 401, authorization);
  // A wrong token is not passed over in favour of a session.
  assert.equal(await status({ ...headers, authorization: 'Bearer hf_x' }), 401);
  assert.equal(await status({ cookie: `holdfast_session=${token}` }), 401);
  await harness.auth.revokeToken(session.user.id, id);
  assert.equal(await status({ authorization: `Bearer ${token}` }), 401);
  await harness.auth.logOut(session.secret);
  assert.equal(await status(headers), 401);
});

test('a change in a session needs the CSRF token of that session, one by an API token needs none', async () => {
  const harness = await createHarness({ open: false });
  const { headers, session } = await harness.logIn();
  const other = await harness.auth.logIn({ name: 'ann', password, address: '10.0.0.1' });
  const { cookie } = headers;
  for (const csrf of [undefined, '', 'x', other.csrf])
    assert.deepEqual(
      await refused(harness, '/api/links', {
        method: 'POST',
        body: links,
        headers: csrf === undefined ? { cookie } : { cookie, 'x-holdfast-csrf': csrf },
      }),
      [403, 'http.csrf'],
    );
  assert.deepEqual(await refused(harness, '/api/session', { method: 'DELETE', headers: { cookie } }), [
    403,
    'http.csrf',
  ]);
  assert.equal((await harness.call('/api/links', { method: 'POST', body: links, headers })).status, 201);
  const { token } = await harness.auth.createToken(session.user.id, 'x');
  const byToken = { authorization: `Bearer ${token}` };
  assert.equal(
    (await harness.call('/api/links', { method: 'POST', body: links, headers: byToken })).status,
    200,
  );
});

test('a name that is not ours is refused, so that DNS rebinding gets nowhere', async () => {
  for (const open of [true, false]) {
    const harness = await createHarness({ open, publicOrigin: 'https://keep.example.org' });
    for (const host of [
      'evil.example',
      'evil.example:8420',
      '127.0.0.1.evil.example',
      'localhost.evil.example:8420',
      'keep.example.org.evil:80',
      'evil.localhost',
    ])
      for (const path of ['/', '/api/health', '/api/links', '/api/events', '/metrics'])
        assert.deepEqual(await refused(harness, path, { host }), [403, 'http.host'], `${host}${path}`);
    for (const host of ['localhost:8420', '127.0.0.1', '127.9.9.9:1', '[::1]:8420', 'keep.example.org'])
      assert.equal((await harness.call('/api/health', { host })).status, 200, host);
  }
  const open = await createHarness({ open: true });
  assert.equal((await open.call('/api/health', { host: '192.168.1.5:8420' })).status, 403);
  const closed = await createHarness({ open: false });
  assert.equal((await closed.call('/api/health', { host: '192.168.1.5:8420' })).status, 200);
});

test('the open server asks for a login whoever is not this machine, talking to it as this machine', async () => {
  const harness = await createHarness({ open: true, publicOrigin: 'https://keep.example.org' });
  assert.equal((await harness.call('/api/links')).status, 200);
  assert.equal((await harness.call('/api/links', { remote: '::1', host: 'localhost:8420' })).status, 200);
  const strangers: CallOptions[] = [
    { remote: '192.168.1.9' },
    { remote: '::ffff:192.168.1.9' },
    { host: 'keep.example.org' },
    { headers: { 'x-forwarded-for': '8.8.8.8' } },
    { headers: { forwarded: 'for=8.8.8.8' } },
  ];
  for (const stranger of strangers)
    assert.deepEqual(
      await refused(harness, '/api/links', stranger),
      [401, 'auth.loginNeeded'],
      JSON.stringify(stranger),
    );
});

test('changes that another site makes a browser send are refused, also where no login is needed', async () => {
  const harness = await createHarness({ open: true });
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://127.0.0.1:8421' },
    { origin: 'http://localhost:8420' },
    { origin: 'https://127.0.0.1:8420' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://127.0.0.1:8420', 'sec-fetch-site': 'cross-site' },
  ];
  for (const headers of foreign) {
    for (const [path, method] of [
      ['/api/links', 'POST'],
      ['/api/links/x', 'DELETE'],
      ['/api/session', 'POST'],
      ['/api/setup', 'POST'],
    ] as const)
      assert.deepEqual(
        await refused(harness, path, { method, body: links, headers }),
        [403, 'http.crossSite'],
        JSON.stringify(headers),
      );
  }
  const own: Record<string, string>[] = [
    {},
    { origin: 'http://127.0.0.1:8420', 'sec-fetch-site': 'same-origin' },
  ];
  for (const headers of own)
    assert.ok((await harness.call('/api/links', { method: 'POST', body: links, headers })).ok);
});

test('a form of another site cannot even be taken for JSON', async () => {
  const harness = await createHarness({ open: true });
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/jsonp',
    '',
  ];
  for (const type of types)
    assert.deepEqual(
      await refused(harness, '/api/links', {
        method: 'POST',
        body: links,
        headers: { 'content-type': type },
      }),
      [415, 'http.mediaType'],
      type,
    );
  assert.deepEqual(
    await refused(harness, '/api/links/x/restore', {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
    }),
    [415, 'http.mediaType'],
  );
  assert.equal((await harness.links.query({})).total, 0);
});

test('reads from another site are refused, a navigation that a person sees excepted', async () => {
  const harness = await createHarness({ open: true });
  const embedded = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'no-cors',
    'sec-fetch-dest': 'script',
  };
  for (const path of ['/api/links', '/api/events', '/metrics'])
    assert.deepEqual(await refused(harness, path, { headers: embedded }), [403, 'http.crossSite']);
  const framed = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
  assert.deepEqual(await refused(harness, '/api/links', { headers: framed }), [403, 'http.crossSite']);
  const visited = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  };
  assert.equal((await harness.call('/api/links', { headers: visited })).status, 200);
});

test('no answer allows another origin to read it', async () => {
  const harness = await createHarness({ open: true });
  for (const path of ['/api/links', '/api/session', '/', '/api/openapi.json']) {
    const response = await harness.call(path, { headers: { origin: 'https://evil.example' } });
    assert.equal(response.headers.get('access-control-allow-origin'), null);
    const preflight = await harness.call(path, {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example' },
    });
    assert.equal(preflight.headers.get('access-control-allow-origin'), null);
  }
});

test('bodies are bounded: small for strangers, a thousand links for users', async () => {
  const closed = await createHarness({ open: false });
  const big = { name: 'x', password: 'x'.repeat(20_000) };
  assert.deepEqual(await refused(closed, '/api/session', { method: 'POST', body: big }), [
    413,
    'http.tooLarge',
  ]);
  const open = await createHarness({ open: true });
  const note = 'n'.repeat(90_000);
  const many = (count: number) => ({
    links: Array.from({ length: count }, (_, i) => ({ url: `https://example.org/${i}`, note })),
  });
  assert.equal((await open.call('/api/links', { method: 'POST', body: many(20) })).status, 201);
  assert.deepEqual(await refused(open, '/api/links', { method: 'POST', body: many(200) }), [
    413,
    'http.tooLarge',
  ]);
});

test('every answer, errors too, carries the security headers', async () => {
  const harness = await createHarness({ open: true });
  for (const path of [
    '/',
    '/api/health',
    '/api/links',
    '/api/links/x',
    '/api/nothing',
    '/assets/none.js',
    '/metrics',
  ]) {
    const { headers, status } = await harness.call(path);
    const get = (name: string) => headers.get(name) ?? '';
    assert.equal(get('x-content-type-options'), 'nosniff', `${path} ${status}`);
    assert.equal(get('referrer-policy'), 'no-referrer');
    assert.equal(get('cross-origin-opener-policy'), 'same-origin');
    assert.equal(get('cross-origin-resource-policy'), 'same-origin');
    assert.match(get('content-security-policy'), /default-src 'none'.*frame-ancestors 'none'/);
    assert.match(get('permissions-policy'), /camera=\(\)/);
    assert.equal(get('cache-control'), 'no-store');
    assert.equal(headers.has('strict-transport-security'), false);
  }
});

test('behind a trusted proxy the cookie is Secure and HSTS is sent; others are not believed', async () => {
  const publicOrigin = 'https://keep.example.org';
  const harness = await createHarness({
    open: false,
    publicOrigin,
    trustedProxies: ['10.1.0.0/16', 'fd00::/8'],
  });
  await harness.logIn();
  const login = (remote: string) =>
    harness.call('/api/session', {
      method: 'POST',
      body: { name: 'ann', password },
      host: 'keep.example.org',
      remote,
      headers: { 'x-forwarded-proto': 'https', 'x-forwarded-for': '9.9.9.9', origin: publicOrigin },
    });
  for (const proxy of ['10.1.2.3', 'fd00::7', '::ffff:10.1.2.3']) {
    const response = await login(proxy);
    assert.match(
      response.headers.get('set-cookie') ?? '',
      /^__Host-holdfast_session=.*Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    assert.equal(response.headers.get('strict-transport-security'), 'max-age=31536000');
  }
  const response = await login('10.2.0.1');
  assert.match(response.headers.get('set-cookie') ?? '', /^holdfast_session=.*HttpOnly; SameSite=Strict$/);
  assert.equal(response.headers.has('strict-transport-security'), false);
});

test('the throttle counts by the address that the trusted proxy saw, not by what a client claims', async () => {
  const harness = await createHarness({ open: false, trustedProxies: ['10.1.0.0/16'] });
  const guess = async (remote: string, forwardedFor: string) =>
    harness.call('/api/session', {
      method: 'POST',
      body: { name: `user${Math.random()}`.slice(0, 12), password: 'wrong' },
      remote,
      headers: { 'x-forwarded-for': forwardedFor },
    });
  let last = await guess('10.1.0.1', 'spoofed-0, 9.9.9.9');
  for (let i = 1; i < 22; i++) last = await guess('10.1.0.1', `1.1.1.${i}, 9.9.9.9`);
  assert.equal(last.status, 429);
  assert.match(last.headers.get('retry-after') ?? '', /^\d+$/);
  assert.equal((await guess('10.1.0.1', '9.9.9.10')).status, 401);
  // Past the proxy, the header is only a claim.
  for (let i = 0; i < 21; i++) await guess('8.8.8.8', `1.1.1.${i}`);
  assert.equal((await guess('8.8.8.8', '7.7.7.7')).status, 429);
});

test('logging in again ends the session before, and the cookie of the answer is the new one', async () => {
  const harness = await createHarness({ open: false });
  const { headers, session } = await harness.logIn();
  const again = await harness.call('/api/session', {
    method: 'POST',
    body: { name: 'ann', password },
    headers,
  });
  const cookie = again.headers.getSetCookie()[0]!.split(';')[0]!;
  assert.notEqual(cookie, headers.cookie);
  assert.equal(await harness.auth.findSession(session.secret), undefined);
  const gone = await harness.call('/api/session', {
    method: 'DELETE',
    headers: { cookie, 'x-holdfast-csrf': ((await again.json()) as { csrf: string }).csrf },
  });
  assert.match(gone.headers.get('set-cookie') ?? '', /^holdfast_session=; Max-Age=0;/);
  assert.equal((await harness.call('/api/links', { headers: { cookie } })).status, 401);
});

test('the mode of the session says open, setup or login', async () => {
  const mode = async (harness: Harness, options?: CallOptions) =>
    ((await (await harness.call('/api/session', options)).json()) as { mode: string }).mode;
  const closed = await createHarness({ open: false });
  assert.equal(await mode(closed), 'setup');
  await closed.logIn();
  assert.equal(await mode(closed), 'login');
  const open = await createHarness({ open: true });
  assert.equal(await mode(open), 'open');
  assert.equal(await mode(open, { remote: '192.168.1.9' }), 'setup');
});
