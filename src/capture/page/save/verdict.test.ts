import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Findings, judge } from './verdict.ts';

const good: Findings = {
  status: 200,
  requestedUrl: 'https://site.test/',
  finalUrl: 'https://site.test/',
  characters: 500,
  uniform: false,
  resources: 4,
  missing: 0,
  pictured: true,
  attempt: 1,
  settled: { scroll: undefined, pending: [], stuck: false },
  timeCap: undefined,
  bytesCap: undefined,
  domCap: undefined,
};
const judged = (change: Partial<Findings>) => {
  const { verdict, evidence } = judge({ ...good, ...change });
  return [verdict, ...evidence.map(({ code }) => code)];
};

test('judge() gives the verdict with everything that it rests on, the decisive evidence first', () => {
  const timeCap = { stage: 'settling', limitMs: 1 };
  const cases: [Partial<Findings>, string[]][] = [
    [{}, ['good', 'textAndPixels']],
    [{ status: undefined }, ['good', 'textAndPixels']],
    [{ status: 404 }, ['not-found', 'httpStatus']],
    [{ status: 410, characters: 0, uniform: true }, ['not-found', 'httpStatus', 'noVisibleContent']],
    [{ status: 403 }, ['failed', 'httpStatus']],
    [{ status: 500, timeCap }, ['failed', 'httpStatus', 'timeCap']],
    [{ timeCap, bytesCap: 1, domCap: 2 }, ['truncated', 'timeCap', 'bytesCap', 'domCap']],
    [{ timeCap, characters: 0, uniform: true }, ['truncated', 'timeCap', 'noVisibleContent']],
    [{ characters: 0, uniform: true }, ['blank', 'noVisibleContent']],
    [{ characters: 0 }, ['good', 'textAndPixels']],
    [{ characters: 5, uniform: true }, ['good', 'textAndPixels']],
    [{ pictured: false }, ['good', 'textAndPixels', 'noScreenshot']],
    [{ attempt: 2 }, ['good', 'textAndPixels', 'begunAnew']],
    [{ finalUrl: 'https://other.test/' }, ['good', 'textAndPixels', 'redirectedTo']],
    [
      {
        missing: 2,
        settled: {
          scroll: { endless: true, heightPx: 9 },
          pending: [{ url: 'x', type: 'image' }],
          stuck: false,
        },
      },
      ['good', 'textAndPixels', 'resourcesMissing', 'pendingRequests', 'scrollCap'],
    ],
  ];
  for (const [change, expected] of cases) assert.deepEqual(judged(change), expected, JSON.stringify(change));
});
