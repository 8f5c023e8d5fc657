import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { equalSecrets, readOrMakeSecret } from '../../auth/index.ts';
import type { Clock } from '../../kernel/index.ts';

const hour = 60 * 60_000;
/** An address holds for this long at least, and for an hour more at most. */
const validMs = 6 * hour;

/** Signs and checks the right to read one snapshot from the replay's origin: an HMAC over its id and an expiry. */
export interface Capabilities {
  /** The same text for about an hour, so that a browser's cache is of use. */
  grant(snapshotId: string): string;
  /** True while the token is valid for this snapshot. */
  allows(token: string, snapshotId: string): boolean;
}

/** Makes the signer with a key (hexadecimal, 256 bits). */
export function createCapabilities(key: string, clock: Clock): Capabilities {
  const sign = (snapshotId: string, expiry: string) =>
    createHmac('sha256', Buffer.from(key, 'hex'))
      .update(`replay\n${expiry}\n${snapshotId}`)
      .digest('base64url');
  return {
    grant(snapshotId) {
      const expiry = (Math.ceil(clock.now() / hour) * hour + validMs).toString(36);
      return `${expiry}.${sign(snapshotId, expiry)}`;
    },
    allows(token, snapshotId) {
      const [, expiry, signature] = /^([0-9a-z]{1,10})\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
      if (expiry === undefined || signature === undefined) return false;
      return equalSecrets(signature, sign(snapshotId, expiry)) && Number.parseInt(expiry, 36) > clock.now();
    },
  };
}

/** Makes the signer with the key in the data folder, which is made (mode 0600) where there is none. */
export function openCapabilities(dataDir: string, clock: Clock): Capabilities {
  const key = readOrMakeSecret(
    join(dataDir, 'replay-key'),
    () => randomBytes(32).toString('hex'),
    (text) => /^[0-9a-f]{64}$/.test(text),
  );
  return createCapabilities(key, clock);
}
