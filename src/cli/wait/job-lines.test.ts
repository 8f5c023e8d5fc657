import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Job } from '../../jobs/index.ts';
import { cliTexts } from '../../texts/index.ts';
import { cutTo, padTo, plainLine, widthOf } from '../output/width.ts';
import { bar } from './bar.ts';
import { linesOfJobs } from './job-lines.ts';

const texts = cliTexts('en');
const job = (id: string, state: Job['state'], progress: Job['progress'] = null): Job => ({
  id,
  kind: 'capture',
  lane: 'person',
  payload: null,
  state,
  attempts: 1,
  maxAttempts: 3,
  runAt: 0,
  progress,
  fault: null,
  createdAt: 0,
  updatedAt: 0,
});

describe('linesOfJobs()', () => {
  const awaited = ['a', 'b', 'c', 'd'].map((id) => ({ id, label: `https://${id}.example/` }));

  test('draws a line for each job that runs and tells the time left at the pace so far', () => {
    const loading = { stage: 'loading', done: 1, total: 4, unit: 'steps' as const };
    const states = [job('a', 'done'), job('b', 'running', loading), job('c', 'queued')];
    const lines = linesOfJobs(awaited, new Map(states.map((it) => [it.id, it])), 10_000, texts);
    assert.equal(lines.length, 2);
    assert.match(lines[0]!, /^https:\/\/b\.example\/ +━{5}─{15} loading the page$/);
    assert.equal(lines[1], '1 of 4 done about 30 s left');
  });

  test('knows no time left before anything ended', () => {
    assert.deepEqual(linesOfJobs(awaited, new Map(), 10_000, texts), ['0 of 4 done']);
  });
});

describe('texts on a terminal', () => {
  test('take two columns for each Chinese character', () => {
    assert.equal(widthOf('离线ab'), 6);
    assert.equal(widthOf('e\u0301'), 1);
    assert.equal(cutTo('离线安装指南', 7), '离线安…');
    assert.equal(cutTo('short', 7), 'short');
    assert.equal(padTo('离线', 6), '离线  ');
  });

  test('from outside lose what a terminal obeys', () => {
    assert.equal(plainLine('a\x1b]0;title\x07b\r\n\x9bc\u202ed'), 'a ]0;title b c d');
  });

  test('a bar is never longer or shorter than it may be', () => {
    for (const share of [-1, 0, 0.5, 1, 7]) assert.equal(bar(share, 10).length, 10);
  });
});
