import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from '../jobs/index.ts';
import type { Language } from '../texts/index.ts';
import type { HttpDeps } from './deps.ts';
import { createHarness } from './testing/harness.ts';
import { createViews } from './views.ts';

test('a problem is told in the language of the request, its code in none', async () => {
  const harness = await createHarness();
  const ask = async (language: string) => {
    const response = await harness.call('/api/links/nosuchlink', {
      headers: { 'accept-language': language },
    });
    assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
    assert.match(response.headers.get('vary') ?? '', /Accept-Language/);
    assert.equal(response.headers.get('content-language'), language.startsWith('zh') ? 'zh-CN' : 'en');
    return response.json();
  };
  assert.deepEqual(await ask('en-GB'), {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'Link "nosuchlink" does not exist',
    code: 'links.notFound',
    hint: 'Look for it with "list"',
  });
  assert.deepEqual(await ask('zh-CN,zh;q=0.9'), {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: '链接“nosuchlink”不存在',
    code: 'links.notFound',
    hint: '请用“list”查找',
  });
});

test('evidence is told in the language of the request', async () => {
  const harness = await createHarness();
  const { linkId } = await harness.keep('https://example.org/', [
    { role: 'html', mediaType: 'text/html', bytes: 'x' },
  ]);
  const response = await harness.call(`/api/links/${linkId}`, { headers: { 'accept-language': 'zh' } });
  const { snapshot } = (await response.json()) as { snapshot: { evidence: { text: string }[] } };
  assert.equal(snapshot.evidence[0]!.text, '页面显示了 12 个字符和 2 个资源');
});

test('the fault of a job is told in the language of the request', () => {
  const fault = { code: 'jobs.cancelled', message: 'Job "j" was cancelled', details: { job: 'j' } };
  const job = { id: 'j', payload: { linkId: 'l' }, fault, createdAt: 0, updatedAt: 0 } as unknown as Job;
  const view = (language: Language) => createViews(language, () => '').job(job);
  assert.deepEqual(view('zh-CN').fault, { code: 'jobs.cancelled', text: '任务“j”已取消' });
  assert.equal(view('en').fault?.text, 'Job "j" was cancelled');
  assert.equal(view('en').linkId, 'l');
});

test('an error that nobody meant to throw is logged under a reference and tells nothing else', async () => {
  const tags = () => Promise.reject(new Error('SELECT secret FROM /var/lib/holdfast'));
  const harness = await createHarness({}, { links: { tags } as never as HttpDeps['links'] });
  const response = await harness.call('/api/tags');
  const text = await response.text();
  assert.equal(response.status, 500);
  assert.doesNotMatch(text, /secret|holdfast/);
  const { code, detail } = JSON.parse(text) as { code: string; detail: string };
  const logged = harness.logged.find((each) => each.level === 'error')!;
  assert.equal(code, 'http.internal');
  assert.ok(detail.includes((logged.fields as { reference: string }).reference));
  assert.match(logged.message ?? '', /SELECT secret/);
});

test('an unknown path and a wrong method are told apart', async () => {
  const harness = await createHarness();
  const codeOf = async (path: string, method: string) => {
    const response = await harness.call(path, { method });
    return [response.status, ((await response.json()) as { code: string }).code];
  };
  assert.deepEqual(await codeOf('/api/nothing', 'GET'), [404, 'http.noRoute']);
  assert.deepEqual(await codeOf('/api/tags', 'DELETE'), [405, 'http.method']);
  assert.deepEqual(await codeOf('/api/links/abc', 'POST'), [405, 'http.method']);
  assert.deepEqual(await codeOf('/somewhere', 'POST'), [404, 'http.noRoute']);
});
