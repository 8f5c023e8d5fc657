import type { IncomingHttpHeaders } from 'node:http';

/** What a file's bytes are known by. */
export interface Validators {
  /** A strong entity tag, quotes included. */
  readonly etag: string;
  /** Whole seconds, as epoch milliseconds. */
  readonly modifiedAt?: number;
}

/** What the preconditions of a request come to, in the order of RFC 9110 13.2.2. */
export function weigh(headers: IncomingHttpHeaders, file: Validators): 'go' | 'notModified' | 'failed' {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (!lists(ifMatch, file.etag, false)) return 'failed';
  } else {
    const since = dateOf(headers['if-unmodified-since']);
    if (since !== undefined && file.modifiedAt !== undefined && file.modifiedAt > since) return 'failed';
  }
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) return lists(ifNoneMatch, file.etag, true) ? 'notModified' : 'go';
  const since = dateOf(headers['if-modified-since']);
  return since !== undefined && file.modifiedAt !== undefined && file.modifiedAt <= since
    ? 'notModified'
    : 'go';
}

/** True where a range may be given: without `If-Range`, or where it names exactly these bytes (RFC 9110 13.1.5). */
export function rangeHolds(ifRange: string | undefined, file: Validators, now: number): boolean {
  if (ifRange === undefined) return true;
  const value = ifRange.trim();
  if (value.startsWith('"')) return value === file.etag;
  const date = dateOf(value);
  // A date within the last second is no strong validator (RFC 9110 8.8.2.2).
  return date !== undefined && date === file.modifiedAt && now - date >= 1_000;
}

function lists(header: string, etag: string, weak: boolean): boolean {
  if (header.trim() === '*') return true;
  for (const [tag] of header.matchAll(/(?:W\/)?"[^"]*"/g))
    if (tag === etag || (weak && tag === `W/${etag}`)) return true;
  return false;
}

function dateOf(value: string | undefined): number | undefined {
  if (value === undefined || !/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value))
    return undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date;
}
