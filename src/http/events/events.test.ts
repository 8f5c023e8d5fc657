import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastChange, recordChange } from '../../db/index.ts';
import type { Job } from '../../jobs/index.ts';
import { silentLogger } from '../../kernel/index.ts';
import type { Change } from '../deps.ts';
import { createHarness, type Harness } from '../testing/harness.ts';
import { createHub, mostListeners } from './hub.ts';
import { createMailbox } from './mailbox.ts';

interface Received {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
}

/** Reads a stream of events until one fits; gives all that came. */
async function readUntil(response: Response, fits: (event: Received) => boolean): Promise<Received[]> {
  assert.equal(response.headers.get('content-type'), 'text/event-stream');
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  const all: Received[] = [];
  for (let rest = ''; ; ) {
    const { value, done } = await reader.read();
    if (done) return all;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop()!;
    for (const block of blocks) {
      const lines = block.split('\n').filter((line) => !line.startsWith(':'));
      const event: Received = Object.fromEntries(lines.map((line) => line.split(/: (.*)/s).slice(0, 2)));
      all.push(event);
      if (fits(event)) {
        await reader.cancel();
        return all;
      }
    }
  }
}

const listen = (harness: Harness, headers: Record<string, string> = {}) =>
  harness.call('/api/events', { headers });

test('a change of a link reaches who listens, and a new link its job too', async () => {
  const harness = await createHarness();
  const stream = await listen(harness, { 'accept-language': 'zh' });
  const [added] = await harness.links.add([{ url: 'https://example.org/' }]);
  const jobId = added!.link.job!.id;
  const events = await readUntil(stream, (each) => each.event === 'job');
  const changes = events.filter((each) => each.event === 'change').map((each) => JSON.parse(each.data!));
  assert.ok(changes.some((each) => each.topic === 'link' && each.ref === added!.link.id));
  assert.ok(changes.some((each) => each.topic === 'job' && each.ref === jobId));
  const job = JSON.parse(events.at(-1)!.data!);
  assert.deepEqual([job.id, job.state, job.linkId], [jobId, 'queued', added!.link.id]);
});

test('Last-Event-ID goes on where the stream broke off', async () => {
  const harness = await createHarness();
  for (const ref of ['a', 'b', 'c']) await recordChange(harness.db, 'link', ref);
  const last = await lastChange(harness.db);
  const events = await readUntil(
    await listen(harness, { 'last-event-id': String(last - 2) }),
    (each) => each.id === String(last),
  );
  assert.deepEqual(
    events.flatMap((each) => (each.event === 'change' ? [JSON.parse(each.data!).ref] : [])),
    ['b', 'c'],
  );
});

test('who was away for too long, or comes from another database, is told to ask for everything anew', async () => {
  const harness = await createHarness();
  await harness.db.transaction(async (trx) => {
    for (let i = 0; i < 2_100; i++) await recordChange(trx, 'link', String(i));
  });
  for (const id of ['1', '999999']) {
    const events = await readUntil(
      await listen(harness, { 'last-event-id': id }),
      (each) => each.event !== undefined,
    );
    assert.equal(events.at(-1)!.event, 'reset', id);
    assert.equal(events.at(-1)!.id, String(await lastChange(harness.db)));
  }
});

test('a stream ends when its session does', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] });
  const harness = await createHarness({ open: false });
  const { headers, session } = await harness.logIn();
  const stream = await listen(harness, headers);
  assert.equal(stream.status, 200);
  await harness.auth.logOut(session.secret);
  context.mock.timers.tick(15_000);
  await readUntil(stream, () => false);
});

test('closing the application ends every stream', async () => {
  const harness = await createHarness();
  const streams = await Promise.all([listen(harness), listen(harness)]);
  harness.app.close();
  for (const stream of streams) await readUntil(stream, () => false);
  assert.equal((await listen(harness)).status, 503);
});

function feed() {
  const batches: Change[][] = [];
  let wake = () => {};
  let watches = 0;
  return {
    get watches() {
      return watches;
    },
    push(...changes: Change[]) {
      batches.push(changes);
      wake();
    },
    last: async () => 0,
    async *watch(_: number, signal: AbortSignal) {
      watches++;
      signal.addEventListener('abort', () => wake());
      try {
        while (!signal.aborted) {
          const batch = batches.shift();
          if (batch) yield batch;
          else await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        watches--;
      }
    },
  };
}

const jobOf = (id: string, done: number, state: Job['state'] = 'running') =>
  ({ id, state, progress: { done } }) as unknown as Job;

test('progress of one job is told at most five times a second, its last state always', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 0;
  context.mock.method(performance, 'now', () => now);
  const changes = feed();
  let current = jobOf('j', 0);
  const hub = createHub({ changes, jobs: { list: async () => [current] }, logger: silentLogger });
  const mailbox = await hub.join({ since: undefined, viewJob: (job) => job.progress });
  const settle = async () => {
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
  };
  for (let seq = 1; seq <= 100; seq++) {
    current = jobOf('j', seq, seq === 100 ? 'done' : 'running');
    changes.push({ seq, topic: 'job', ref: 'j' });
    await settle();
    now += 10;
    context.mock.timers.tick(10);
    await settle();
  }
  now += 200;
  context.mock.timers.tick(200);
  await settle();
  const text = (await mailbox.next())!;
  const told = [...text.matchAll(/event: job\ndata: {"done":(\d+)}/g)].map((match) => Number(match[1]));
  assert.ok(told.length >= 5 && told.length <= 7, `told ${told.length} times in a second`);
  assert.equal(told.at(-1), 100);
  // Twice its state changed: it began, it was done.
  assert.equal(text.match(/"topic":"job"/g)?.length, 2);
  hub.close();
});

test('the place to go on from never passes a job that waits to be told', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const changes = feed();
  const hub = createHub({ changes, jobs: { list: async () => [jobOf('j', 1)] }, logger: silentLogger });
  const mailbox = await hub.join({ since: undefined, viewJob: () => ({}) });
  changes.push({ seq: 7, topic: 'job', ref: 'j' }, { seq: 8, topic: 'link', ref: 'l' });
  assert.match((await mailbox.next())!, /^id: 6\nevent: change\ndata: {"topic":"link","ref":"l"}\n\n$/);
  hub.close();
});

test('all who listen share one watch, and nobody watches when the last has left', async () => {
  const changes = feed();
  const hub = createHub({ changes, jobs: { list: async () => [] }, logger: silentLogger });
  const join = () => hub.join({ since: undefined, viewJob: () => ({}) });
  const [one, two] = await Promise.all([join(), join()]);
  await new Promise(setImmediate);
  assert.deepEqual([changes.watches, hub.listeners], [1, 2]);
  hub.leave(one);
  hub.leave(two);
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.deepEqual([changes.watches, hub.listeners], [0, 0]);
  hub.close();
});

test('more than so many listeners are refused', async () => {
  const hub = createHub({ changes: feed(), jobs: { list: async () => [] }, logger: silentLogger });
  for (let i = 0; i < mostListeners; i++) await hub.join({ since: undefined, viewJob: () => ({}) });
  await assert.rejects(hub.join({ since: undefined, viewJob: () => ({}) }), /Too many listeners/);
  hub.close();
});

test('who reads too slowly loses events, is told so once, and holds no memory', async () => {
  const mailbox = createMailbox();
  for (let id = 1; id <= 2_500; id++) mailbox.push({ event: 'change', data: '{}', id });
  const text = (await mailbox.next())!;
  assert.equal(text.match(/event: reset/g)?.length, 1);
  assert.match(text, /^id: 2001\nevent: reset\ndata: {}\n\nid: 2002\n/);
  const wide = createMailbox();
  for (let i = 0; i < 50; i++) wide.push({ event: 'job', data: 'x'.repeat(100_000) });
  assert.ok((await wide.next())!.length < 2_200_000);
});
