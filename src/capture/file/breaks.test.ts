import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { digestOf } from '../../kernel/index.ts';
import { MemoryBlobStore } from '../../store/index.ts';
import { codesOf, detailsOf, fileEngine, mebibyte, rangesIn } from './testing/file-engine.ts';
import { bytesOf, startFileServer } from './testing/file-server.ts';

const size = 5 * mebibyte + 12_345;
const bytes = bytesOf(size);
const etag = '"v1"';

describe('a break', () => {
  it('in the middle of a part is gone on with where it happened, and told of', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes, etag } });
    let cuts = 0;
    server.interfere = (_, response, range) => {
      if (!range || range[0] !== 2 * mebibyte || cuts++ > 0) return undefined;
      response.writeHead(206, {
        etag,
        'content-range': `bytes ${range[0]}-${range[1] - 1}/${size}`,
        'content-length': range[1] - range[0],
      });
      return response.write(bytes.subarray(range[0], range[0] + 300_000), () => {
        setTimeout(() => response.destroy(), 50);
      });
    };
    const engine = fileEngine();
    const outcome = await engine.take(`${server.origin}/a.iso`);
    assert.equal(outcome.verdict, 'good');
    assert.deepEqual(detailsOf(outcome, 'resumed'), { times: 1 });
    const again = rangesIn(server.asked).filter((range) => range.startsWith('23'));
    assert.deepEqual(again, [`${2 * mebibyte + 300_000}-${3 * mebibyte + 300_000 - 1}`]);
    assert.ok(await engine.store.stat(digestOf(bytes)));
  });

  it('of a server that never gives more than a little at a time is survived', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes: bytes.subarray(0, mebibyte), etag } });
    server.interfere = (_, response, range) => {
      const [start, end] = range!;
      response.writeHead(206, {
        etag,
        'content-range': `bytes ${start}-${end - 1}/${mebibyte}`,
        'content-length': end - start,
      });
      return response.write(bytes.subarray(start, Math.min(end, start + 100_000)), () => {
        setTimeout(() => response.destroy(), 20);
      });
    };
    const engine = fileEngine();
    const outcome = await engine.take(`${server.origin}/a.iso`);
    assert.deepEqual([outcome.verdict, detailsOf(outcome, 'resumed')], ['good', { times: 10 }]);
    assert.equal(server.asked.length, 11);
  });

  it('is waited out: 429 with Retry-After, 5xx, a reset and a stall', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes, etag } });
    const faults = [429, 503, 'reset', 'stall', 500];
    server.interfere = (_, response) => {
      const fault = faults.shift();
      if (fault === undefined) return undefined;
      if (fault === 'reset') return response.destroy();
      if (fault === 'stall') return true;
      return response.writeHead(Number(fault), { 'retry-after': '1' }).end('busy');
    };
    const engine = fileEngine({ stallMs: 200 });
    const outcome = await engine.take(`${server.origin}/a.iso`);
    assert.deepEqual([outcome.verdict, faults], ['good', []]);
  });

  it('that does not end keeps what came, for the next try to go on with', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes, etag } });
    const store = new MemoryBlobStore();
    const engine = fileEngine({ store });
    server.interfere = (_, response, range) =>
      range && range[0] >= 3 * mebibyte ? response.destroy() : undefined;
    const url = `${server.origin}/a.iso`;
    await assert.rejects(engine.take(url), { code: 'capture.fileBroken', kind: 'unavailable' });
    assert.equal((await engine.partials()).length, 1);
    server.interfere = undefined;
    server.asked.length = 0;
    const outcome = await engine.take(url);
    assert.equal(outcome.verdict, 'good');
    assert.ok(codesOf(outcome).includes('resumed'));
    const starts = rangesIn(server.asked).map((range) => Number.parseInt(range, 10));
    assert.deepEqual(
      starts,
      [3, 4, 5].map((n) => n * mebibyte),
    );
    assert.deepEqual(await engine.partials(), []);
  });

  it('without anything to know the file by begins anew', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes, ranges: false } });
    let cuts = 0;
    server.interfere = (_, response) => {
      if (cuts++ > 0) return undefined;
      response.writeHead(200, { 'content-length': size });
      return response.write(bytes.subarray(0, 2_000_000), () => setTimeout(() => response.destroy(), 50));
    };
    const engine = fileEngine();
    const outcome = await engine.take(`${server.origin}/a.iso`);
    assert.deepEqual([outcome.verdict, codesOf(outcome)], ['good', ['download']]);
    assert.deepEqual(server.asked, ['/a.iso', '/a.iso']);
    assert.ok(await engine.store.stat(digestOf(bytes)));
  });
});

describe('a server that changes or lies', () => {
  const other = bytesOf(4 * mebibyte, 2);

  it('with another file after a break is told of, and the new file fetched from the beginning', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes, etag } });
    server.interfere = (_, response, range) => {
      if (range?.[0] !== 2 * mebibyte || server.files['/a.iso']!.etag !== etag) return undefined;
      server.files['/a.iso'] = { bytes: other, etag: '"v2"' };
      return response.destroy();
    };
    const engine = fileEngine();
    const outcome = await engine.take(`${server.origin}/a.iso`);
    assert.deepEqual([outcome.verdict, detailsOf(outcome, 'fetchedAnew')], ['good', { times: 1 }]);
    assert.ok(await engine.store.stat(digestOf(other)), 'a mixture was kept');
    assert.equal(await engine.store.stat(digestOf(bytes)), undefined);
  });

  it('with another file at the next try, of the same size and without If-Range, is told of too', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes, etag } });
    const store = new MemoryBlobStore();
    const engine = fileEngine({ store });
    server.interfere = (_, response, range) => (range && range[0] > 0 ? response.destroy() : undefined);
    const url = `${server.origin}/a.iso`;
    await assert.rejects(engine.take(url), { code: 'capture.fileBroken' });
    const changed = bytesOf(size, 3);
    server.files['/a.iso'] = { bytes: changed, etag: '"v2"' };
    server.interfere = (request, response, range) => {
      if (!request.headers['if-range'] || range) return undefined;
      // As a server does that does not know If-Range.
      const [, start, end] = /(\d+)-(\d+)/.exec(request.headers.range!)!.map(Number);
      response.writeHead(206, {
        etag: '"v2"',
        'content-range': `bytes ${start}-${end}/${size}`,
        'content-length': end! - start! + 1,
      });
      return response.end(changed.subarray(start, end! + 1));
    };
    const outcome = await engine.take(url);
    assert.ok(codesOf(outcome).includes('fetchedAnew'));
    assert.ok(await store.stat(digestOf(changed)));
  });

  it('that changes the file each time ends with that as the reason', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes, etag } });
    let version = 1;
    server.interfere = (_, response, range) => {
      if (!range || range[0] === 0) return undefined;
      version += 1;
      server.files['/a.iso'] = { bytes, etag: `"v${version}"` };
      return response.writeHead(200, { etag: `"v${version}"` }).end();
    };
    await assert.rejects(fileEngine().take(`${server.origin}/a.iso`), { code: 'capture.fileChanging' });
  });

  it('with a wrong Content-Range is asked for the whole', async () => {
    const wrong = [
      (start: number, end: number) => `bytes ${start + 1}-${end}/${size}`,
      () => 'bytes 0-0',
      () => `items 0-99/${size}`,
      (start: number) => `bytes ${start}-${start + 2 * mebibyte}/${size}`,
      () => '',
    ];
    for (const write of wrong) {
      await using server = await startFileServer({ '/a.iso': { bytes, etag } });
      server.interfere = (_, response, range) => {
        if (!range || range[0] === 0) return undefined;
        response.writeHead(206, { etag, 'content-range': write(range[0], range[1] - 1) });
        return response.end(bytes.subarray(...range));
      };
      const engine = fileEngine();
      const outcome = await engine.take(`${server.origin}/a.iso`);
      assert.equal(outcome.verdict, 'good', write(0, 9));
      assert.ok(await engine.store.stat(digestOf(bytes)), write(0, 9));
      assert.equal(server.asked.at(-1), '/a.iso');
    }
  });

  it('that gives more or less than it announced spoils nothing', async () => {
    await using server = await startFileServer({ '/a.iso': { bytes, etag } });
    let short = 0;
    server.interfere = (_, response, range) => {
      if (!range || range[0] === 0) return undefined;
      const [start, end] = range;
      response.writeHead(206, { etag, 'content-range': `bytes ${start}-${end - 1}/${size}` });
      // Without a length, nothing but our own count tells that it ended early or goes on.
      if (short++ === 0) return response.end(bytes.subarray(start, start + 1000));
      return response.end(Buffer.concat([bytes.subarray(start, end), Buffer.alloc(500_000, 'x')]));
    };
    const engine = fileEngine();
    const outcome = await engine.take(`${server.origin}/a.iso`);
    assert.equal(outcome.verdict, 'good');
    assert.ok(await engine.store.stat(digestOf(bytes)));
  });
});
