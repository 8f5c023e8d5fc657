import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Digest } from '../../kernel/index.ts';
import { captureErrors } from '../errors.ts';
import type { Exchange, HeaderLine, SnapshotConfig, TimedExchange } from './format.ts';
import { exchangesSchema, faultOf } from './schema.ts';
import { joinHeaders, splitHeaders } from './volatile-headers.ts';

/** The most that an exchanges blob may be once decompressed. */
export const maxExchangesBytes = 128 * 1024 * 1024;

export interface EncodedExchanges {
  /** The blob: equal for two captures of an unchanged page, whatever order its requests happened to go out in. */
  readonly bytes: Uint8Array;
  /** For the config: `exchangeTimesMs`. */
  readonly times: readonly number[];
  /** For the config: `exchangeVolatile`. */
  readonly volatile: readonly (readonly HeaderLine[])[];
}

/** Packs exchanges, apart from what differs at every capture: their times, their order and their volatile headers. */
export function encodeExchanges(timed: readonly TimedExchange[]): EncodedExchanges {
  const packed = inOrderOfTime(timed)
    .map((one) => {
      const headers = splitHeaders(one.requestHeaders, one.responseHeaders);
      const stable = pick(one, headers.request, headers.response);
      return { json: JSON.stringify(stable), atMs: one.atMs, volatile: headers.volatile };
    })
    // By code unit, not by locale; the sort is stable, so equal ones stay in the order of their times.
    .sort((a, b) => (a.json < b.json ? -1 : a.json > b.json ? 1 : 0));
  const json = Buffer.from(`[${packed.map((one) => one.json).join(',')}]`);
  if (json.length > maxExchangesBytes)
    throw captureErrors.tooManyExchanges({ limitBytes: maxExchangesBytes });
  return {
    bytes: zstdCompressSync(json, { params: { [constants.ZSTD_c_compressionLevel]: 6 } }),
    times: packed.map((one) => one.atMs),
    volatile: packed.map((one) => one.volatile),
  };
}

/** Reads an exchanges blob back, in the order in which the requests went out; throws `capture.badSnapshot`. */
export function decodeExchanges(
  bytes: Uint8Array,
  config: Pick<SnapshotConfig, 'exchangeTimesMs' | 'exchangeVolatile'>,
  snapshot: Digest,
): TimedExchange[] {
  const bad = (fault: string, cause?: unknown) =>
    captureErrors.badSnapshot({ snapshot, fault: `its exchanges: ${fault}` }, { cause });
  let value: unknown;
  try {
    const json = zstdDecompressSync(bytes, { maxOutputLength: maxExchangesBytes });
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch (cause) {
    throw bad(`not zstd-compressed JSON of at most ${maxExchangesBytes} bytes`, cause);
  }
  const parsed = exchangesSchema.safeParse(value);
  if (!parsed.success) throw bad(faultOf(parsed.error));
  const { exchangeTimesMs: times, exchangeVolatile: volatile } = config;
  if (times.length !== parsed.data.length || volatile.length !== parsed.data.length)
    throw bad('the config counts others');
  return parsed.data
    .map((one, index) => {
      const headers = joinHeaders(one.requestHeaders, one.responseHeaders, volatile[index]!);
      return { ...pick(one, headers.request, headers.response), atMs: times[index]! };
    })
    .sort((a, b) => a.atMs - b.atMs);
}

/** In one order of keys, so that equal exchanges give equal JSON. */
function pick(one: Exchange, request: readonly HeaderLine[], response: readonly HeaderLine[]): Exchange {
  return {
    url: one.url,
    method: one.method,
    type: one.type,
    status: one.status,
    statusText: one.statusText,
    requestHeaders: request,
    ...(one.requestBody === undefined ? {} : { requestBody: one.requestBody }),
    responseHeaders: response,
    body: one.body === null ? null : { digest: one.body.digest, size: one.body.size },
    ...(one.error === undefined ? {} : { error: one.error }),
  };
}

/** Sorted by time, each later than the one before: two within one millisecond must come back in their order. */
function inOrderOfTime(timed: readonly TimedExchange[]): TimedExchange[] {
  const sorted = timed.toSorted((a, b) => a.atMs - b.atMs);
  let before = Number.NEGATIVE_INFINITY;
  return sorted.map((one) => {
    const atMs = one.atMs > before ? one.atMs : Math.round((before + 0.001) * 1000) / 1000;
    before = atMs;
    return { ...one, atMs };
  });
}
