import { parse, stringify } from 'yaml';
import { type Digest, errorText, isDigest, splitDigest } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';

/** Raw signatures by the digest that they were found under; whoever uses one verifies it. */
export type Signatures = ReadonlyMap<Digest, readonly Uint8Array[]>;

/** The largest signature file that is read. */
export const maxSignatureFileBytes = 1024 * 1024;

/** The name of the file that holds the signatures of a release image. */
export const signatureFileName = (digest: Digest): string =>
  `signature-${splitDigest(digest).algorithm}-${splitDigest(digest).hex.slice(0, 16)}.yaml`;

export const isSignatureFileName = (name: string): boolean => /^signature-[\w-]+\.(?:ya?ml|json)$/.test(name);

/**
 * Reads the ConfigMap that `oc` writes beside a mirror, YAML (4.5) or JSON (from 4.11): `binaryData` with keys
 * `sha256-<hex>-<N>`, in the order of N. Throws `images.badSignatureFile`.
 */
export function readSignatureFile(bytes: Uint8Array, place: string): Signatures {
  const fail = (fault: string, cause?: unknown) => imagesErrors.badSignatureFile({ place, fault }, { cause });
  let value: unknown;
  try {
    // JSON is YAML too. Aliases would let a small file grow without end.
    value = parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes), {
      maxAliasCount: 0,
      logLevel: 'error',
    });
  } catch (cause) {
    throw fail(`it is neither YAML nor JSON: ${errorText(cause).split('\n')[0]}`, cause);
  }
  const { kind, binaryData } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (kind !== 'ConfigMap') throw fail('it is no ConfigMap');
  if (typeof binaryData !== 'object' || binaryData === null) throw fail('it has no binaryData');
  const numbered: { digest: Digest; number: number; signature: Uint8Array }[] = [];
  for (const [key, text] of Object.entries(binaryData)) {
    const [, algorithm, hex, number] = /^(sha256|sha512)-([0-9a-f]+)-([1-9]\d{0,3})$/.exec(key) ?? [];
    const digest = `${algorithm}:${hex}`;
    if (!isDigest(digest)) throw fail(`the key "${key.slice(0, 200)}" names no digest`);
    const signature = typeof text === 'string' ? fromBase64(text) : undefined;
    if (!signature) throw fail(`what "${key}" holds is not base64`);
    numbered.push({ digest, number: Number(number), signature });
  }
  numbered.sort((a, b) => a.number - b.number);
  const found = new Map<Digest, Uint8Array[]>();
  for (const { digest, signature } of numbered) found.set(digest, [...(found.get(digest) ?? []), signature]);
  return found;
}

/** The ConfigMap with the signatures of one release image, as `oc` 4.5 writes it; `oc apply -f` takes it. */
export function writeSignatureFile(digest: Digest, signatures: readonly Uint8Array[]): Uint8Array {
  const { algorithm, hex } = splitDigest(digest);
  const name = `${algorithm}-${hex}`;
  const binaryData = Object.fromEntries(
    signatures.map((signature, at) => [`${name}-${at + 1}`, Buffer.from(signature).toString('base64')]),
  );
  const configMap = {
    apiVersion: 'v1',
    binaryData,
    kind: 'ConfigMap',
    metadata: {
      creationTimestamp: null,
      labels: { 'release.openshift.io/verification-signatures': '' },
      name,
      namespace: 'openshift-config-managed',
    },
  };
  return Buffer.from(stringify(configMap, { lineWidth: 0 }));
}

function fromBase64(text: string): Uint8Array | undefined {
  const plain = text.replace(/\s+/g, '');
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(plain) && plain !== ''
    ? Buffer.from(plain, 'base64')
    : undefined;
}
