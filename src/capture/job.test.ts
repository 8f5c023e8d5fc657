import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forEachDatabase } from '../../test/support/databases.ts';
import {
  createTestClock,
  createTestLinks,
  linksTestMigrations,
  makeSnapshot,
} from '../../test/support/links.ts';
import { type Digest, defineErrors, newId } from '../kernel/index.ts';
import { createCaptureHandler, createPdfHandler, pdfJobKind } from './job.ts';
import type { Capture, CaptureOutcome } from './types.ts';

const errors = defineErrors('testing', { away: { kind: 'unavailable', message: 'The browser is away' } });

forEachDatabase((_name, open) => {
  /** The room of links, and an engine that hands in what the test says and remembers what it was asked. */
  const setUp = async (given: Partial<CaptureOutcome> | Error = {}) => {
    const room = createTestLinks(await open(linksTestMigrations), createTestClock());
    const asked: string[] = [];
    const printed: { snapshot: Digest; earlier: readonly Digest[] }[] = [];
    const capture: Capture = {
      async capture({ url }) {
        asked.push(url);
        if (given instanceof Error) throw given;
        const { linkId: _link, jobId: _job, ...outcome } = makeSnapshot({ linkId: '', ...given });
        return outcome;
      },
      async attachPdf(snapshot, { earlier }) {
        printed.push({ snapshot, earlier });
      },
      close: async () => {},
    };
    const { link } = (await room.links.add([{ url: 'https://example.com/page' }]))[0]!;
    const [job] = await room.jobs.list({ limit: 10 });
    const context = { signal: new AbortController().signal, progress: () => {} };
    const run = (handle: ReturnType<typeof createPdfHandler>, payload: object) =>
      handle({ ...context, job: { ...job!, payload: payload as never } });
    const pdfs = async () => (await room.jobs.list({ limit: 10 })).filter(({ kind }) => kind === pdfJobKind);
    return {
      ...room,
      link,
      asked,
      printed,
      pdfs,
      run,
      take: createCaptureHandler({ ...room, capture }),
      print: createPdfHandler({ ...room, capture }),
    };
  };

  test('a capture hands in its snapshot once and asks for one PDF, however often its job is done', async () => {
    const { link, links, asked, pdfs, run, take } = await setUp();
    for (let times = 0; times < 3; times++) await run(take, { linkId: link.id });
    const [snapshot, ...others] = await links.snapshots(link.id);
    assert.equal(others.length, 0);
    assert.equal(asked[0], 'https://example.com/page');
    assert.deepEqual(
      (await pdfs()).map(({ payload, lane }) => [payload, lane]),
      [[{ snapshotId: snapshot!.id, linkId: link.id }, 'after']],
    );
  });

  test('a capture that kept no page asks for no PDF', async () => {
    for (const given of [
      { digest: null, verdict: 'failed', formats: [] },
      { kind: 'file', formats: ['file', 'wacz'] },
    ] as const) {
      const { link, links, pdfs, run, take } = await setUp(given);
      await run(take, { linkId: link.id });
      assert.equal((await links.snapshots(link.id)).length, 1);
      assert.deepEqual(await pdfs(), []);
    }
  });

  test('nothing is captured for a link that was removed, or that a payload does not name', async () => {
    const { link, links, asked, run, take } = await setUp();
    await links.remove([link.id]);
    for (const payload of [{ linkId: link.id }, { linkId: newId() }, { linkId: 7 }, {}, [link.id], null])
      await run(take, payload as object);
    assert.deepEqual(asked, []);
  });

  test('an engine that fails fails the job, and no snapshot is handed in', async () => {
    const { link, links, run, take } = await setUp(errors.away());
    await assert.rejects(run(take, { linkId: link.id }), { code: 'testing.away' });
    assert.deepEqual(await links.snapshots(link.id), []);
  });

  test('a PDF is printed once, and offered those of earlier snapshots', async () => {
    const { link, links, printed, run, take, print } = await setUp();
    await run(take, { linkId: link.id });
    const [first] = await links.snapshots(link.id);
    for (let times = 0; times < 2; times++) await run(print, { snapshotId: first!.id });
    assert.deepEqual(printed, [{ snapshot: first!.digest!, earlier: [] }]);
    assert.ok((await links.findSnapshot(first!.id))?.formats.includes('pdf'));

    const second = await links.recordSnapshot(makeSnapshot({ linkId: link.id }));
    const lost = await links.recordSnapshot(makeSnapshot({ linkId: link.id, digest: null, formats: [] }));
    for (const snapshotId of [second.id, lost.id, newId(), 7]) await run(print, { snapshotId });
    assert.deepEqual(printed.slice(1), [{ snapshot: second.digest!, earlier: [first!.digest!] }]);
  });
});
