import type { IncomingResponse } from '../../../kernel/index.ts';

type Headers = IncomingResponse['headers'];

/** By what a file is known again at its server (RFC 9110 8.8); without a validator it is not. */
export interface FileIdentity {
  readonly etag?: string;
  readonly lastModified?: string;
  /** Bytes. */
  readonly total: number;
}

/** A modification time counts as a strong validator where it lies this far behind the answer (RFC 9110 8.8.2.2). */
const settledMs = 60_000;

/** What an answer says of its file. */
export function identityOf(headers: Headers, total: number): FileIdentity {
  const { etag, 'last-modified': lastModified } = headers;
  const isStrong = etag !== undefined && /^"[\x21\x23-\x7e\x80-\xff]*"$/.test(etag);
  const since = Date.parse(headers.date ?? '') - Date.parse(lastModified ?? '');
  return {
    total,
    ...(isStrong && { etag }),
    ...(lastModified !== undefined && since >= settledMs && { lastModified }),
  };
}

/** The value for `If-Range` (RFC 9110 13.1.5); undefined where nothing tells this file from another one. */
export function validatorOf(identity: FileIdentity): string | undefined {
  return identity.etag ?? identity.lastModified;
}

/** True where an answer is not of the same file. */
export function differs(known: FileIdentity, headers: Headers, total: number | undefined): boolean {
  if (total !== undefined && total !== known.total) return true;
  if (known.etag !== undefined) return headers.etag !== undefined && headers.etag !== known.etag;
  return headers['last-modified'] !== known.lastModified;
}
