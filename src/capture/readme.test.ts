import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { collect, MemoryBlobStore } from '../store/index.ts';
import { allowedAddress, startOrigin } from './egress/testing/servers.ts';
import { createCapture, createEgressGuard, createSnapshotReaders, type Rendition } from './index.ts';
import { createMemoryReferrers } from './snapshot/pdf.ts';

test('the example of the README takes a snapshot and gives it as HTML', async () => {
  await using site = await startOrigin((_, response) =>
    response.setHeader('content-type', 'text/html').end('<h1>Words of the page</h1>'),
  );
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const example = /```ts\n([\s\S]*?)```/
    .exec(readme)![1]!
    .replace('https://example.org/', `http://${allowedAddress}:${site.port}/`)
    .replace('10.0.0.0/8', `${allowedAddress}/32`)
    .replace('await reader.as', 'return await reader.as');
  const engines: { close(): Promise<void> }[] = [];
  const given = {
    createEgressGuard,
    createSnapshotReaders,
    createCapture: (options: Parameters<typeof createCapture>[0]) => {
      const engine = createCapture(options);
      engines.push(engine);
      return engine;
    },
    store: new MemoryBlobStore(),
    ...createMemoryReferrers(),
    signal: AbortSignal.timeout(60_000),
    onProgress: () => {},
  };
  // A return statement stands in no module, so types are taken off before the function is made.
  const body = stripTypeScriptTypes(`async function example() {${example}}`);
  const run = new Function(...Object.keys(given), `${body}; return example();`);
  try {
    const rendition = (await run(...Object.values(given))) as Rendition;
    assert.match(Buffer.from(await collect(rendition.body, 1e6)).toString(), /Words of the page/);
    assert.deepEqual(
      [rendition.mediaType, /\.html$/.test(rendition.fileName)],
      ['text/html; charset=utf-8', true],
    );
  } finally {
    for (const engine of engines) await engine.close();
  }
});
