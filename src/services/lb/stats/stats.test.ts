import assert from 'node:assert/strict';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { lbTexts, pickLanguage } from '../../../texts/index.ts';
import { reach } from '../testing/client.ts';
import { asBackend, openBalancer } from '../testing/open-balancer.ts';
import { startStub } from '../testing/stub-backend.ts';
import { createStatsServer } from './server.ts';

const hostile = '<script>alert("1")</script>\'&';

test('page, JSON and metrics show the state in both languages, and no name gets out of its place', async () => {
  await using up = await startStub('a');
  await using sick = await startStub('b', { mode: 'sick' });
  await using open = await openBalancer({
    name: hostile,
    backends: [asBackend(up), asBackend(sick, { name: hostile, temporary: true })],
  });
  assert.equal(await reach(open.port), 'a');
  open.balancer.enable('a');
  const stats = createStatsServer({
    balancer: open.balancer,
    words: (acceptLanguage) => lbTexts(pickLanguage(acceptLanguage)),
  });
  const { port } = await stats.listen({ host: '127.0.0.1', port: 0 });
  try {
    const ask = async (path: string, language = 'en', method = 'GET') => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { 'accept-language': language },
      });
      return { status: answer.status, text: await answer.text() };
    };
    const page = (await ask('/')).text;
    assert.match(page, /<html lang="en">[\s\S]*answered 500/);
    assert.doesNotMatch(page, /<script|alert\("/);
    assert.match(page, /&#60;script&#62;alert\(&#34;1&#34;\)&#60;\/script&#62;&#39;&#38; \(temporary\)/);
    assert.match((await ask('/', 'zh-CN')).text, /<html lang="zh-CN">[\s\S]*应答状态 500/);
    const state = JSON.parse((await ask('/state.json')).text);
    assert.deepEqual(
      state.frontends[0].backends.map(({ name, health }: { name: string; health: string }) => [name, health]),
      [
        ['a', 'up'],
        [hostile, 'down'],
      ],
    );
    const metrics = (await ask('/metrics')).text;
    assert.match(metrics, /^holdfast_lb_backend_up\{.*backend="a"\} 1$/m);
    assert.match(metrics, /^# TYPE holdfast_lb_sessions_total counter$/m);
    assert.match(metrics, /^holdfast_lb_sessions_total\{.*backend="a"\} 1$/m);
    for (const [path, method, status] of [
      ['/constructor', 'GET', 404],
      ['/', 'POST', 405],
    ] as const)
      assert.equal((await ask(path, 'en', method)).status, status);
    const rebound = get({ port, host: '127.0.0.1', headers: { host: `evil.example:${port}` }, agent: false });
    const [answer] = (await once(rebound, 'response')) as [IncomingMessage];
    assert.equal(answer.resume().statusCode, 421);
    const again = createStatsServer({ balancer: open.balancer, words: () => lbTexts('en') });
    await assert.rejects(again.listen({ host: '127.0.0.1', port }), { code: 'lb.addressInUse' });
  } finally {
    await stats.close();
  }
});
