import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { allowedAddress, startOrigin } from '../../egress/testing/servers.ts';
import { testEngine } from '../testing/engine.ts';
import { findBrowser } from './find-browser.ts';

/** A browser that somebody else started, and its CDP address. */
async function startRemote(profile: string): Promise<{ child: ChildProcess; address: string }> {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
  ];
  const child = spawn(
    findBrowser(undefined),
    [...flags, '--remote-debugging-port=0', `--user-data-dir=${profile}`],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  for await (const line of createInterface({ input: child.stderr! })) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address) return { child, address };
  }
  throw new Error('The browser did not say where it listens');
}

const targets = async (address: string) => {
  const answer = await fetch(`http://${new URL(address).host}/json/list`);
  return ((await answer.json()) as { url: string }[]).map(({ url }) => url);
};

test('a browser that runs already takes captures by its CDP address, through the guard, and keeps none of them', async () => {
  const profile = await mkdtemp(join(tmpdir(), 'holdfast-remote-'));
  const { child, address } = await startRemote(profile);
  try {
    const asked: string[] = [];
    await using origin = await startOrigin((request, response) => {
      asked.push(request.url ?? '');
      response
        .setHeader('content-type', 'text/html')
        .end('<p>Words of the page</p><img src="http://127.0.0.9/private.png">');
    });
    const before = await targets(address);
    for (const browser of [address, `http://${new URL(address).host}`]) {
      await using engine = testEngine({}, browser);
      const outcome = await engine.take(`http://${allowedAddress}:${origin.port}/`);
      assert.equal(outcome.verdict, 'good', JSON.stringify(outcome.evidence));
      assert.match(outcome.searchText, /Words of the page/);
      const reader = await engine.open(outcome);
      assert.match(JSON.stringify(reader.missing()), /127\.0\.0\.9/);
    }
    assert.equal(asked.filter((path) => path === '/').length, 2);
    assert.deepEqual(await targets(address), before);
  } finally {
    child.kill('SIGKILL');
    await once(child, 'close');
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
