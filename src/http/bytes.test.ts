import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attachment, parseRange } from './bytes.ts';
import { createHarness } from './testing/harness.ts';

const script = '<script>alert(document.domain)</script>';

test('no bytes of a snapshot ever run on the origin of the application', async () => {
  const harness = await createHarness();
  const { snapshot } = await harness.keep(
    'https://example.org/"><script>',
    [
      { role: 'html', mediaType: 'text/html', bytes: script },
      { role: 'screenshot', mediaType: 'text/html', bytes: script },
      {
        role: 'thumbnail',
        mediaType: 'image/svg+xml',
        bytes: `<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`,
      },
      { role: 'icon', mediaType: 'application/xhtml+xml', bytes: script },
      { role: 'text', mediaType: 'text/html', bytes: script },
      { role: 'markdown', mediaType: 'text/html', bytes: script },
      { role: 'file', mediaType: 'text/html', bytes: script },
    ],
    { formats: ['html', 'png', 'text', 'md', 'file'] },
  );
  const paths = [
    'as/html',
    'as/png',
    'as/text',
    'as/md',
    'as/file',
    'as/text?download=1',
    'screenshot',
    'thumbnail',
    'icon',
  ];
  for (const path of paths) {
    const response = await harness.call(`/api/snapshots/${snapshot.id}/${path}`);
    assert.equal(response.status, 200, path);
    const type = response.headers.get('content-type') ?? '';
    const isAttached = /^attachment; filename="/.test(response.headers.get('content-disposition') ?? '');
    assert.ok(isAttached || /^(?:text\/plain; charset=utf-8|image\/[a-z+]+)$/.test(type), `${path}: ${type}`);
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/, path);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'same-origin');
  }
});

test('markup in titles, notes, tags and addresses comes back as JSON that nothing takes for a page', async () => {
  const harness = await createHarness();
  const url = 'https://example.org/?q=<img src=x onerror=alert(1)>';
  const added = await harness.call('/api/links', {
    method: 'POST',
    body: { links: [{ url, title: script, note: script, tags: ['<b>x'] }] },
  });
  for (const path of [
    '/api/links',
    `/api/links?q=${encodeURIComponent(script)}`,
    '/api/tags',
    `/api/links/${encodeURIComponent(script)}`,
  ]) {
    const response = await harness.call(path);
    assert.match(response.headers.get('content-type') ?? '', /^application\/(?:problem\+)?json/);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.match(response.headers.get('content-security-policy') ?? '', /sandbox/);
  }
  const { links } = (await added.json()) as { links: { link: { title: string; note: string } }[] };
  assert.deepEqual([links[0]!.link.title, links[0]!.link.note], [script, script]);
});

test('pictures are immutable, tagged by the snapshot, and not sent twice', async () => {
  const harness = await createHarness();
  const { snapshot } = await harness.keep('https://example.org/', [
    { role: 'screenshot', mediaType: 'image/png', bytes: 'png bytes' },
  ]);
  const path = `/api/snapshots/${snapshot.id}/screenshot`;
  const first = await harness.call(path);
  assert.equal(await first.text(), 'png bytes');
  assert.equal(first.headers.get('cache-control'), 'private, max-age=31536000, immutable');
  const etag = first.headers.get('etag')!;
  const again = await harness.call(path, { headers: { 'if-none-match': `"other", W/${etag}` } });
  assert.deepEqual([again.status, await again.text()], [304, '']);
  const head = await harness.call(path, { method: 'HEAD' });
  assert.deepEqual([head.status, head.headers.get('content-length'), await head.text()], [200, '9', '']);
  assert.equal((await harness.call(`/api/snapshots/${snapshot.id}/icon`)).status, 404);
});

test('a snapshot that kept no bytes says so, and one whose bytes are gone is named as damaged', async () => {
  const harness = await createHarness();
  const { snapshot } = await harness.keep('https://example.org/', [
    { role: 'html', mediaType: 'text/html', bytes: 'x' },
  ]);
  const none = await harness.keep('https://example.org/none', [], {
    digest: null,
    formats: [],
    verdict: 'failed',
  });
  const path = (id: string) => `/api/snapshots/${id}/as/html`;
  const missing = await harness.call(path(none.snapshot.id));
  assert.deepEqual(
    [missing.status, ((await missing.json()) as { code: string }).code],
    [404, 'http.noBytes'],
  );
  const view = (await (await harness.call(`/api/snapshots/${none.snapshot.id}`)).json()) as Record<
    string,
    unknown
  >;
  assert.deepEqual([view.replayUrl, view.thumbnailUrl], [null, null]);
  await harness.store.delete(snapshot.digest!);
  const damaged = await harness.call(path(snapshot.id));
  assert.deepEqual(
    [damaged.status, ((await damaged.json()) as { code: string }).code],
    [404, 'store.notFound'],
  );
});

test('parseRange() takes one range that can be satisfied and nothing else', () => {
  const wanted: [string, unknown][] = [
    ['bytes=0-0', { start: 0, end: 1 }],
    ['bytes=2-', { start: 2, end: 10 }],
    ['bytes=5-99', { start: 5, end: 10 }],
    ['bytes=-3', { start: 7, end: 10 }],
    ['bytes=-99', { start: 0, end: 10 }],
    ['bytes=10-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=3-2', 'all'],
    ['bytes=-', 'all'],
    ['bytes=0-1,3-4', 'all'],
    ['items=0-1', 'all'],
    ['bytes=0x1-2', 'all'],
    [`bytes=${'9'.repeat(30)}-`, 'all'],
  ];
  for (const [header, range] of wanted) assert.deepEqual(parseRange(header, 10), range, header);
});

test('attachment() keeps Chinese names and lets no name break out of the header', () => {
  assert.equal(
    attachment('离线 "a".html'),
    'attachment; filename="__ _a_.html"; filename*=UTF-8\'\'%E7%A6%BB%E7%BA%BF%20%22a%22.html',
  );
  for (const name of ['a\r\nSet-Cookie: x', 'a\ud800b', "it's (1)*.html", '%22'])
    assert.match(
      attachment(name),
      /^attachment; filename="[\x20\x21\x23-\x5b\x5d-\x7e]*"; filename\*=UTF-8''[A-Za-z0-9%._~!&+-]*$/,
    );
});
