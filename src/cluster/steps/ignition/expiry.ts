import { X509Certificate } from 'node:crypto';
import type { ParsedIgnition } from './parse-ignition.ts';
import { lifeMs } from './types.ts';

/** How long what is in an ignition file is good for. */
export interface Expiry {
  /** When the first certificate ends; epoch milliseconds. */
  readonly expiresAt: number;
  readonly from: 'certificates' | 'time';
  /** Certificates that live about a day. */
  readonly shortLived: number;
}

/** What `openshift-install` made itself; a trust bundle of the user's stands elsewhere and may hold what it likes. */
const ownFolder = '/opt/openshift/tls/';
/** A little more than a day, since the beginning is that of the authority above. */
const shortLifeMs = 25 * 3_600_000;

/** Reads from the certificates in an ignition file when the first of them ends; counts 24 hours where there are none. */
export function expiryOf(ignition: ParsedIgnition, createdAt: number): Expiry {
  const certificates = [...ignition.files]
    .filter(([path]) => path.startsWith(ownFolder))
    .map(([, bytes]) => bytes)
    .concat(ignition.authorities)
    .flatMap(certificatesIn);
  if (certificates.length === 0) return { expiresAt: createdAt + lifeMs, from: 'time', shortLived: 0 };
  const ends = certificates.map((it) => it.validToDate.getTime());
  return {
    expiresAt: Math.min(...ends),
    from: 'certificates',
    shortLived: ends.filter((end) => end <= createdAt + shortLifeMs).length,
  };
}

const pemBlock = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

function certificatesIn(bytes: Uint8Array): readonly X509Certificate[] {
  const text = Buffer.from(bytes).toString('latin1');
  return [...text.matchAll(pemBlock)].map(([pem]) => new X509Certificate(pem));
}
