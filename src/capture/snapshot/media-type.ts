import type { HeaderLine } from './format.ts';

const essence = /^[a-z0-9][a-z0-9_.+-]{0,126}\/[a-z0-9][a-z0-9_.+-]{0,126}$/;

/** What a server said of a body, without parameters and in lower case; `application/octet-stream` where it said nothing valid. */
export function mediaTypeOf(responseHeaders: readonly HeaderLine[]): string {
  const line = responseHeaders.findLast(([name]) => name.toLowerCase() === 'content-type');
  return plainMediaType(line?.[1] ?? '');
}

/** The `type/subtype` of a media type (RFC 6838), safe in a header, an attribute and a data URI whatever was given. */
export function plainMediaType(value: string): string {
  const plain = (value.split(';', 1)[0] ?? '').trim().toLowerCase();
  return essence.test(plain) ? plain : 'application/octet-stream';
}
