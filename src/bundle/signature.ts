import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { errorText, parseBoundedJson } from '../kernel/index.ts';
import { bundleErrors } from './errors.ts';
import { canonicalJson } from './format/canonical-json.ts';

/** `bundle.json.sig`: an Ed25519 signature (RFC 8032) over the bytes of `bundle.json`, as canonical JSON. */
const schema = z.object({
  algorithm: z.literal('ed25519'),
  keyId: z.string().max(100),
  signature: z.base64().max(200),
  version: z.literal(1),
});

const maxSignatureBytes = 4096;

/** Names a key: `sha256:` and the hash of its public half in DER (SubjectPublicKeyInfo). */
export function keyIdOf(key: KeyObject): string {
  const half = key.type === 'private' ? createPublicKey(key) : key;
  return `sha256:${createHash('sha256')
    .update(half.export({ type: 'spki', format: 'der' }))
    .digest('hex')}`;
}

/** Reads an Ed25519 private key in PEM; throws `bundle.badKey`. */
export function readPrivateKey(file: string): Promise<KeyObject> {
  return readKey(file, 'private', createPrivateKey);
}

/** Reads an Ed25519 public key in PEM (a private one gives its public half); throws `bundle.badKey`. */
export function readPublicKey(file: string): Promise<KeyObject> {
  return readKey(file, 'public', createPublicKey);
}

async function readKey(
  place: string,
  what: 'private' | 'public',
  parse: (pem: string) => KeyObject,
): Promise<KeyObject> {
  try {
    const key = parse(await readFile(place, 'utf8'));
    if (key.asymmetricKeyType === 'ed25519') return key;
    throw new Error(`it is of the type ${key.asymmetricKeyType}`);
  } catch (cause) {
    throw bundleErrors.badKey({ place, what, detail: errorText(cause) }, { cause });
  }
}

/** Makes a key: the private half in `file`, the public one in `file.pub`. Throws `bundle.keyExists` or `bundle.unwritable`. */
export async function makeKey(file: string): Promise<{ keyId: string; publicFile: string }> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const publicFile = `${file}.pub`;
  const write = async (place: string, pem: string | Buffer, mode: number) => {
    try {
      await writeFile(place, pem, { flag: 'wx', mode, flush: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST')
        throw bundleErrors.keyExists({ place }, { cause });
      throw bundleErrors.unwritable({ place, detail: errorText(cause) }, { cause });
    }
  };
  await write(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), 0o600);
  await write(publicFile, publicKey.export({ type: 'spki', format: 'pem' }), 0o644);
  return { keyId: keyIdOf(publicKey), publicFile };
}

/** The text of the signature over the bytes of an index. */
export function signIndex(bytes: Uint8Array, key: KeyObject): string {
  const signature = sign(null, bytes, key).toString('base64');
  return canonicalJson({ algorithm: 'ed25519', keyId: keyIdOf(key), signature, version: 1 });
}

/** The key that a signature names, without judging it; undefined where it is no signature of ours. */
export function signerOf(signature: Uint8Array): string | undefined {
  const parsed = parse(signature);
  return typeof parsed === 'string' ? undefined : parsed.keyId;
}

/** Undefined where the key made the signature over these bytes; else what is wrong. */
export function signatureFault(bytes: Uint8Array, signature: Uint8Array, key: KeyObject): string | undefined {
  const parsed = parse(signature);
  if (typeof parsed === 'string') return `its signature is not understood: ${parsed}`;
  if (parsed.keyId !== keyIdOf(key))
    return `it is signed with key "${parsed.keyId}", not with "${keyIdOf(key)}"`;
  const sound = verify(null, bytes, key, Buffer.from(parsed.signature, 'base64'));
  return sound ? undefined : 'its signature does not fit its index, which was changed after it was signed';
}

function parse(bytes: Uint8Array): z.infer<typeof schema> | string {
  const json = parseBoundedJson(bytes, { maxBytes: maxSignatureBytes, maxValues: 50, maxDepth: 2 });
  if (typeof json === 'string') return json;
  const parsed = schema.safeParse(json.value);
  return parsed.success ? parsed.data : 'it has not the form that is expected';
}
