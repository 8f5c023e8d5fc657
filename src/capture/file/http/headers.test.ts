import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileTitle } from '../file-title.ts';
import { readContentRange, readLength } from './content-range.ts';
import { identityOf, validatorOf } from './identity.ts';
import { pauseMs, retryAfterMs } from './pauses.ts';

describe('readContentRange()', () => {
  it('reads ranges, and what is no range', () => {
    assert.deepEqual(readContentRange('bytes 0-9/100'), { range: [0, 10], total: 100 });
    assert.deepEqual(readContentRange('bytes 5-5/*'), { range: [5, 6], total: undefined });
    assert.deepEqual(readContentRange('bytes */100'), { range: undefined, total: 100 });
    for (const bad of [
      undefined,
      '',
      'bytes',
      'bytes 9-0/100',
      'bytes 0-100/100',
      'bytes */*',
      'items 0-9/100',
      'bytes 0-9/1e3',
      'bytes -5-9/100',
      `bytes 0-${'9'.repeat(16)}/*`,
    ])
      assert.equal(readContentRange(bad), undefined, bad);
    for (const bad of [undefined, '', '-1', '1e3', '1, 1', '9'.repeat(16)])
      assert.equal(readLength(bad), undefined);
  });
});

describe('identityOf()', () => {
  it('knows a file by a strong ETag, or by a modification time that is settled', () => {
    const date = 'Wed, 04 Mar 2026 10:00:00 GMT';
    const old = 'Wed, 04 Mar 2026 09:58:00 GMT';
    const validator = (headers: Record<string, string>) => validatorOf(identityOf(headers, 1));
    assert.equal(validator({ etag: '"a"', date, 'last-modified': old }), '"a"');
    assert.equal(validator({ etag: 'W/"a"', date, 'last-modified': old }), old);
    assert.equal(validator({ date, 'last-modified': date }), undefined);
    assert.equal(validator({ 'last-modified': old }), undefined);
    assert.equal(validator({ etag: 'a' }), undefined);
    assert.equal(validator({}), undefined);
  });
});

describe('pauses', () => {
  it('grow, are spread, end, and are as long as the server asks within reason', () => {
    const half = () => 0.5;
    assert.deepEqual(
      [1, 2, 3, 40].map((failures) => pauseMs(failures, 0, half)),
      [375, 750, 1_500, 22_500],
    );
    assert.ok(pauseMs(1, 0, () => 0) < pauseMs(1, 0, () => 0.99));
    assert.deepEqual([pauseMs(1, 60_000), pauseMs(1, 1e9)], [60_000, 120_000]);
    assert.equal(retryAfterMs('7', 0), 7_000);
    assert.equal(retryAfterMs('Thu, 01 Jan 1970 00:00:09 GMT', 2_000), 7_000);
    assert.deepEqual([retryAfterMs('soon', 0), retryAfterMs(undefined, 0)], [undefined, undefined]);
  });
});

describe('fileTitle()', () => {
  it('is the name that the server gives, made safe, else that of the address with an ending', () => {
    const of = (disposition: string | undefined, ...addresses: string[]) => fileTitle(disposition, addresses);
    assert.equal(of('attachment; filename="a b.iso"', 'http://x/y'), 'a b.iso');
    assert.equal(of('attachment; filename=a.iso', 'http://x/y'), 'a.iso');
    assert.equal(of("attachment; filename=x; filename*=UTF-8''%E5%AE%89%E8%A3%85.iso"), '安装.iso');
    assert.equal(of('attachment; filename="../../etc/passwd"'), 'passwd');
    assert.equal(of("attachment; filename*=UTF-8''..%2F..%2Fa.sh"), 'a.sh');
    assert.equal(of(undefined, 'https://cdn/123?x=a.iso', 'https://x/rhcos.raw.gz'), 'rhcos.raw.gz');
    assert.equal(of('inline', 'https://x/'), 'file');
  });
});
