import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { createFileService, type FileService } from '../../src/services/files/index.ts';
import { askRaw } from '../../src/services/files/testing/open-files.ts';
import { missingNginx, type Nginx, startNginx } from './support/nginx.ts';

const run = promisify(execFile);
const gib = 2 ** 30;

interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

function parse(text: string): Answer {
  const at = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, at).split('\r\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status: Number(first.split(' ')[1]), headers: new Map(headers), body: text.slice(at + 4) };
}

describe('the file service beside nginx', { skip: missingNginx }, () => {
  let folder: string;
  let service: FileService;
  let ours: number;
  let nginx: Nginx;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-files-'));
    await writeFile(join(folder, 'small'), 'The quick brown fox jumps over the lazy dog');
    await writeFile(join(folder, 'empty'), '');
    const large = await open(join(folder, 'large'), 'w');
    await large.truncate(5 * gib);
    await large.write('needle', 4 * gib + 1);
    await large.close();
    const past = new Date('2026-01-02T03:04:05Z');
    for (const name of ['small', 'empty', 'large']) await utimes(join(folder, name), past, past);
    service = createFileService({ entries: [{ path: '/', from: { folder } }] });
    ours = (await service.listen({ host: '127.0.0.1', port: 0 })).port;
    nginx = await startNginx(folder);
  });
  after(async () => {
    await service?.close(0);
    await nginx?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (port: number, target: string, lines: readonly string[] = [], method = 'GET') =>
    parse(
      await askRaw(
        port,
        `${[`${method} ${target} HTTP/1.1`, 'Host: files', 'Connection: close', ...lines].join('\r\n')}\r\n\r\n`,
      ),
    );

  /** Asks both the same and compares what a client goes by. */
  async function alike(target: string, lines: readonly string[] = [], method = 'GET') {
    const [mine, theirs] = await Promise.all([
      ask(ours, target, lines, method),
      ask(nginx.port, target, lines, method),
    ]);
    const told = ({ status, headers, body }: Answer) => ({
      status,
      ...Object.fromEntries(
        (status < 400 ? ['content-length', 'content-range', 'last-modified'] : ['content-range']).map(
          (name) => [name, headers.get(name)],
        ),
      ),
      ...(status < 400 && { body }),
    });
    assert.deepEqual(told(mine), told(theirs), `${method} ${target} ${lines.join(' ')}`);
    return mine;
  }

  test('answers whole files, HEAD, ranges and what lies beyond the end as nginx does', async () => {
    await alike('/small');
    await alike('/empty');
    await alike('/small', [], 'HEAD');
    await alike('/large', [], 'HEAD');
    await alike('/missing');
    for (const range of ['0-0', '4-8', '-3', '40-', '0-1000', '43-', '50-60', '-1000'])
      await alike('/small', [`Range: bytes=${range}`]);
    for (const range of ['bytes=5-2', 'bytes=a-b', 'bytes=', 'bytes=-', 'lines=1-2', 'bytes 1-2'])
      assert.ok([200, 416].includes((await ask(ours, '/small', [`Range: ${range}`])).status), range);
  });

  test('gives ranges beyond 4 GiB of a sparse file of 5 GiB', async () => {
    const answer = await alike('/large', [`Range: bytes=${4 * gib + 1}-${4 * gib + 6}`]);
    assert.equal(answer.body, 'needle');
    assert.equal(answer.headers.get('content-range'), `bytes ${4 * gib + 1}-${4 * gib + 6}/${5 * gib}`);
    assert.equal((await ask(ours, '/large', [], 'HEAD')).headers.get('content-length'), String(5 * gib));
  });

  test('gives several ranges as nginx does, but for the boundary', async () => {
    const lines = ['Range: bytes=0-2,10-14,-3'];
    const [mine, theirs] = await Promise.all([ask(ours, '/small', lines), ask(nginx.port, '/small', lines)]);
    const plain = ({ status, headers, body }: Answer) => {
      const boundary = /boundary=(\S+)/.exec(headers.get('content-type') ?? '')?.[1] ?? '?';
      const types = body.replaceAll(boundary, 'B').replaceAll(/Content-Type: .+\r\n/g, '');
      return { status, body: types, fits: Number(headers.get('content-length')) === body.length };
    };
    assert.deepEqual(plain(mine), plain(theirs));
  });

  test('weighs conditions as nginx does, each by its own entity tag', async () => {
    const both = [ours, nginx.port];
    const modified = 'Fri, 02 Jan 2026 03:04:05 GMT';
    for (const lines of [
      [`If-Modified-Since: ${modified}`],
      ['If-Modified-Since: Fri, 02 Jan 2026 03:04:04 GMT'],
      ['If-Unmodified-Since: Fri, 02 Jan 2026 03:04:04 GMT'],
      [`If-Range: ${modified}`, 'Range: bytes=0-2'],
      ['If-Range: Fri, 02 Jan 2026 03:04:04 GMT', 'Range: bytes=0-2'],
      ['If-Range: "other"', 'Range: bytes=0-2'],
      ['If-None-Match: "other"'],
      ['If-None-Match: *'],
      ['If-Match: "other"'],
      ['If-Match: *'],
      // A condition that cannot be read is none.
      ['If-Modified-Since: yesterday'],
    ]) {
      const [mine, theirs] = await Promise.all(
        both.map(async (port) => (await ask(port, '/small', lines)).status),
      );
      assert.equal(mine, theirs, lines.join(' '));
    }
    for (const [name, status] of [
      ['If-None-Match', 304],
      ['If-Match', 200],
    ] as const)
      for (const port of both) {
        const etag = (await ask(port, '/small')).headers.get('etag');
        assert.equal((await ask(port, '/small', [`${name}: ${etag}`])).status, status);
        assert.equal((await ask(port, '/small', [`If-Range: ${etag}`, 'Range: bytes=0-2'])).status, 206);
      }
  });

  test('gives nothing outside its folder where nginx gives nothing', async () => {
    for (const target of [
      '/../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/..%2f..%2fetc/passwd',
      '/small/../../etc/passwd',
      '/small%00',
      '/.%00./etc/passwd',
      '//../etc/passwd',
      '/small/',
    ]) {
      const [mine, theirs] = await Promise.all([ask(ours, target), ask(nginx.port, target)]);
      assert.ok(mine.status >= 400 && theirs.status >= 400, `${target}: ${mine.status}, ${theirs.status}`);
    }
  });

  test('lets curl resume a download that was cut, to the last byte', async (t) => {
    if ((await run('curl', ['--version']).catch(() => undefined)) === undefined)
      return t.skip('curl is not installed');
    const part = join(folder, 'part');
    const url = `http://127.0.0.1:${ours}/large`;
    await run('curl', ['-sf', '-r', `0-${2 ** 20 - 1}`, '-o', part, url]);
    const file = await open(part, 'r+');
    // The zeros between are not fetched: the rest of 5 GiB would take its time.
    await file.truncate(4 * gib + 1024 * 1024 * 1023);
    await file.close();
    await run('curl', ['-sf', '-C', '-', '-o', part, url]);
    assert.equal((await stat(part)).size, 5 * gib);
    assert.equal(service.fetches()[0]?.endByte, 5 * gib);
  });
});
