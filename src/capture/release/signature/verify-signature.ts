import type { Key, Message } from 'openpgp';
import { type Digest, errorText } from '../../../kernel/index.ts';
import { MessageFault, openMessage, type Packet } from './packets.ts';
import { checkStatement } from './signed-statement.ts';

/** The longest signature that is read. */
export const maxSignatureBytes = 64 * 1024;
/** The longest text of keys that is read. */
const maxKeyTextBytes = 256 * 1024;

/** A release signature that was looked at: by which key it was made, or why it does not hold. */
export type SignatureFinding =
  | { readonly holds: true; readonly fingerprint: string }
  | { readonly holds: false; readonly reason: string };

const tags = { signature: 2, onePass: 4, literal: 11 };

/**
 * Looks at a release signature, an OpenPGP signed message (RFC 9580, 10.3): it holds where its whole body is a statement
 * about `image`, made with one of `keys` (armored public keys), which is neither expired nor revoked at `now`.
 */
export async function verifySignature(
  signature: Uint8Array,
  { image, keys, now }: { image: Digest; keys: readonly string[]; now: Date },
): Promise<SignatureFinding> {
  try {
    if (signature.length > maxSignatureBytes)
      throw new MessageFault(`it is longer than ${maxSignatureBytes} bytes`);
    const { packets, bytes } = openMessage(signature);
    checkShape(packets);
    const openpgp = await import('openpgp');
    const message: Message<Uint8Array> = await openpgp.readMessage({ binaryMessage: bytes });
    const known = (await Promise.all(keys.map(readKeys))).flat();
    const { data, signatures } = await openpgp.verify({
      message,
      verificationKeys: known,
      format: 'binary',
      date: now,
    });
    const [made] = signatures;
    if (!made) throw new MessageFault('it is not signed');
    const key = known.find((candidate) => candidate.getKeys(made.keyID).length > 0);
    if (!key) throw new MessageFault(`it was made with the unknown key ${made.keyID.toHex().toUpperCase()}`);
    await made.verified;
    // The library asks whether the key was good when the signature was made; the date of that is the signer's own word.
    await key.getSigningKey(made.keyID, now);
    checkStatement(data, image);
    return { holds: true, fingerprint: key.getFingerprint().toUpperCase() };
  } catch (error) {
    return { holds: false, reason: errorText(error).slice(0, 300) };
  }
}

/** One signature over one literal: two of either could make readers disagree on what was signed. */
function checkShape(packets: readonly Packet[]): void {
  const shape = packets.map(({ tag }) => tag);
  const { signature, onePass, literal } = tags;
  const count = (tag: number) => shape.filter((one) => one === tag).length;
  if (count(literal) > 1) throw new MessageFault('it holds more than one body');
  if (count(signature) > 1) throw new MessageFault('it holds more than one signature');
  const good = [`${onePass},${literal},${signature}`, `${signature},${literal}`];
  if (!good.includes(shape.join())) throw new MessageFault('it is not one signature over one body');
}

/** The keys in a text of one or several armored blocks; none where it cannot be read. */
export async function readKeys(text: string): Promise<Key[]> {
  const { readKeys: read } = await import('openpgp');
  const blocks = text
    .slice(0, maxKeyTextBytes)
    .match(/-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/g);
  const found = await Promise.all((blocks ?? []).map((armoredKeys) => read({ armoredKeys }).catch(() => [])));
  return found.flat().filter((key) => !key.isPrivate());
}
