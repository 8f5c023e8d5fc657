import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHarness } from './testing/harness.ts';

test('requests are counted by route, never by what stands in the path', async () => {
  const harness = await createHarness();
  await harness.links.add([{ url: 'https://example.org/' }]);
  for (const id of ['aaa', 'bbb']) await harness.call(`/api/links/${id}`);
  await harness.call('/api/tags');
  await harness.call('/api/links', { method: 'BREW' }).catch(() => {});
  const response = await harness.call('/metrics');
  assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
  const text = await response.text();
  assert.doesNotMatch(text, /aaa|bbb|BREW/);
  assert.match(
    text,
    /holdfast_http_request_duration_seconds_count{method="GET",route="\/api\/tags",status="200"} 1/,
  );
  assert.match(text, /holdfast_jobs{state="queued"} 1/);
  assert.match(text, /holdfast_info{version="1\.2\.3"} 1/);
  assert.match(text, /holdfast_event_listeners 0/);
});

test('where a login is asked for, metrics need an API token', async () => {
  const harness = await createHarness({ open: false });
  assert.equal((await harness.call('/metrics')).status, 401);
  const { session } = await harness.logIn();
  const { token } = await harness.auth.createToken(session.user.id, 'prometheus');
  assert.equal(
    (await harness.call('/metrics', { headers: { authorization: `Bearer ${token}` } })).status,
    200,
  );
});
