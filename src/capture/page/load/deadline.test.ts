import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startDeadline } from './deadline.ts';
import { createQuiet } from './quiet.ts';

const never = new Promise<never>(() => {});

describe('startDeadline()', () => {
  test('gives what comes in time, its failure too, and nothing of what comes late', async () => {
    const deadline = startDeadline(10_000);
    assert.equal(await deadline.within('loading', Promise.resolve(1)), 1);
    await assert.rejects(deadline.within('loading', Promise.reject(new Error('lost'))), /lost/);
    assert.equal(await deadline.within('loading', never, 5), undefined);
    // A step that took its whole share has not used up the time of all.
    assert.equal(deadline.reachedIn, undefined);
  });

  test('names the stage in which the time ran out, the first one', async () => {
    const deadline = startDeadline(20);
    assert.equal(await deadline.within('settling', never), undefined);
    assert.equal(await deadline.within('saving', never), undefined);
    assert.equal(deadline.reachedIn, 'settling');
    assert.equal(deadline.remainingMs(), 0);
  });

  test('work that fails after its time ends nobody', async () => {
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('late')), 20));
    assert.equal(await startDeadline(1_000).within('loading', late, 1), undefined);
    await new Promise((resolve) => setTimeout(resolve, 40));
  });
});

describe('createQuiet()', () => {
  const inFlight = (state: { busy: number; quietMs: number }) => ({
    busy: () => state.busy,
    pending: () => [],
    quietMs: () => state.quietMs,
    streams: false,
    begun: 0,
  });

  test('waits until the network is quiet', async () => {
    const state = { busy: 1, quietMs: 0 };
    let over = false;
    const waiting = createQuiet(inFlight(state), startDeadline(60_000))
      .wait()
      .then(() => {
        over = true;
      });
    await new Promise((resolve) => setTimeout(resolve, 60));
    assert.equal(over, false);
    Object.assign(state, { busy: 0, quietMs: 1_000 });
    await waiting;
  });

  test('waits no longer than the deadline for a network that is never quiet', async () => {
    await createQuiet(inFlight({ busy: 1, quietMs: 0 }), startDeadline(50)).wait();
    await createQuiet(inFlight({ busy: 1, quietMs: 0 }), startDeadline(50)).dwell(60_000);
  });
});
