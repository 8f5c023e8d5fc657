import { createHash } from 'node:crypto';
import { defineErrors } from './errors.ts';

/** A content digest as in the OCI image spec ("Digests"): `sha256:<64 lower-case hex>` or `sha512:<128 hex>`. */
export type Digest = `${'sha256' | 'sha512'}:${string}`;

export const digestErrors = defineErrors('digest', {
  malformed: {
    kind: 'invalid',
    message: 'Digest "{value}" is malformed',
    hint: 'Write it as sha256: followed by 64 lower-case hexadecimal digits',
  },
});

const pattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** True where the text is a digest that Holdfast can check. */
export function isDigest(value: unknown): value is Digest {
  return typeof value === 'string' && pattern.test(value);
}

/** Reads a digest; throws `digest.malformed` for anything else. */
export function parseDigest(value: string): Digest {
  if (!isDigest(value)) throw digestErrors.malformed({ value: value.slice(0, 200) });
  return value;
}

/** The sha256 digest of bytes (a string counts as UTF-8). */
export function digestOf(bytes: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** The algorithm and the hex part of a digest, as they name a blob's place in an OCI layout. */
export function splitDigest(digest: Digest): { algorithm: 'sha256' | 'sha512'; hex: string } {
  const colon = digest.indexOf(':');
  return { algorithm: digest.slice(0, colon) as 'sha256' | 'sha512', hex: digest.slice(colon + 1) };
}
