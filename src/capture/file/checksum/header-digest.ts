import { type Digest, isDigest } from '../../../kernel/index.ts';
import type { Checksum } from './checksum.ts';

/** Structured fields (RFC 9530) before the older header with its own form (RFC 3230). */
const names = ['repr-digest', 'content-digest', 'digest'] as const;
const written: Readonly<Record<string, string>> = {
  'repr-digest': 'Repr-Digest',
  'content-digest': 'Content-Digest',
  digest: 'Digest',
};

/** The digest that a server announces of a file in its headers, sha256 before sha512; undefined where it announces none. */
export function headerDigest(headers: Readonly<Record<string, string>>): Checksum | undefined {
  for (const name of names) {
    const members = (headers[name] ?? '').slice(0, 4_096).split(',');
    for (const algorithm of ['sha256', 'sha512'] as const)
      for (const member of members) {
        const digest = digestIn(member.trim(), algorithm);
        if (digest) return { digest, source: written[name]! };
      }
  }
  return undefined;
}

function digestIn(member: string, algorithm: 'sha256' | 'sha512'): Digest | undefined {
  const [, name, value] = /^(sha-(?:256|512))=:?([A-Za-z0-9+/]+={0,2}):?$/i.exec(member) ?? [];
  if (!value || name!.toLowerCase().replace('-', '') !== algorithm) return undefined;
  const digest = `${algorithm}:${Buffer.from(value, 'base64').toString('hex')}`;
  return isDigest(digest) ? digest : undefined;
}
