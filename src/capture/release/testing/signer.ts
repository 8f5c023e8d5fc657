import * as openpgp from 'openpgp';
import type { Digest } from '../../../kernel/index.ts';

/** Somebody who signs releases, with a key made for the test. */
export interface Signer {
  readonly publicKey: string;
  readonly fingerprint: string;
  /** A signed message over any bytes, as `gpg --sign` makes it, but not compressed. */
  sign(body: string | Uint8Array, options?: { date?: Date }): Promise<Uint8Array>;
}

/** Makes a signer; `expiresInS` counts from `date`. */
export async function createSigner(options: { date?: Date; expiresInS?: number } = {}): Promise<Signer> {
  const { privateKey, publicKey } = await openpgp.generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name: 'Release Signing Test', email: 'test@example.com' }],
    format: 'object',
    ...(options.date && { date: options.date }),
    ...(options.expiresInS !== undefined && { keyExpirationTime: options.expiresInS }),
  });
  return {
    publicKey: publicKey.armor(),
    fingerprint: publicKey.getFingerprint().toUpperCase(),
    sign: async (body, { date } = {}) =>
      openpgp.sign({
        message: await openpgp.createMessage({ binary: Buffer.from(body) }),
        signingKeys: privateKey,
        format: 'binary',
        ...(date && { date }),
      }),
  };
}

/** What a release's signer states, as JSON. */
export function statementOf(
  digest: Digest,
  change: Record<string, unknown> = {},
  optional: unknown = { creator: 'test' },
): string {
  const critical = {
    image: { 'docker-manifest-digest': digest },
    type: 'atomic container signature',
    identity: { 'docker-reference': 'quay.io/openshift-release-dev/ocp-release:4.5.9-x86_64' },
    ...change,
  };
  return JSON.stringify({ critical, optional });
}
