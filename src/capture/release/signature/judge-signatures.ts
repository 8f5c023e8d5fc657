import { type Digest, errorText } from '../../../kernel/index.ts';
import type { Evidence } from '../../../links/index.ts';
import { fetchSignatures, publicSignatureStore, type StoreOptions } from './fetch-signatures.ts';
import type { PayloadKeys } from './payload-keys.ts';
import { verifySignature } from './verify-signature.ts';

export interface SignatureSources extends StoreOptions {
  /** What the release itself brings along: it says where to look, and vouches for nothing. */
  readonly payload: PayloadKeys;
  /** Armored public keys that are trusted whatever the release says. */
  readonly trustedKeys: readonly string[];
  /** Stores that are asked before those of the release and the public one. */
  readonly stores: readonly string[];
  /** Signatures that came along with the image: they are judged in place of those of any store, and none is asked. */
  readonly beside?: { readonly place: string; readonly signatures: readonly Uint8Array[] };
  readonly now: Date;
}

export interface SignatureJudgement {
  readonly evidence: Evidence;
  /** False where signatures were found and none of them holds. */
  readonly sound: boolean;
  /** Those that hold, to be kept. */
  readonly signatures: readonly Uint8Array[];
}

/**
 * Looks for signatures of a release image and judges them. Only a key that was trusted beforehand makes one `signatureVerified`:
 * whoever could forge a release could forge the keys in it as well. Stores are asked until one has what settles it.
 */
export async function judgeSignatures(image: Digest, sources: SignatureSources): Promise<SignatureJudgement> {
  const { payload, trustedKeys, now } = sources;
  const asked: string[] = [];
  let byOwnKey: SignatureJudgement | undefined;
  let reason: string | undefined;
  for (const found of groupsOf(image, sources, asked)) {
    for (const signature of await found()) {
      const trusted = await verifySignature(signature, { image, keys: trustedKeys, now });
      if (trusted.holds) return kept('signatureVerified', trusted.fingerprint, signature);
      const own = await verifySignature(signature, { image, keys: payload.keys, now });
      if (own.holds) byOwnKey ??= kept('signatureByOwnKeyOnly', own.fingerprint, signature);
      else {
        const either = await verifySignature(signature, {
          image,
          keys: [...trustedKeys, ...payload.keys],
          now,
        });
        if (!either.holds) reason ??= either.reason;
      }
    }
    if (byOwnKey && trustedKeys.length === 0) break;
  }
  if (byOwnKey) return byOwnKey;
  if (reason !== undefined)
    return { evidence: { code: 'signatureInvalid', details: { reason } }, sound: false, signatures: [] };
  const missing: Evidence = { code: 'signatureMissing', details: { stores: asked.join('; ') } };
  return { evidence: missing, sound: true, signatures: [] };
}

/** Where signatures are looked for, in order. */
function groupsOf(
  image: Digest,
  sources: SignatureSources,
  asked: string[],
): readonly (() => Promise<readonly Uint8Array[]>)[] {
  const { beside, payload } = sources;
  if (beside) {
    asked.push(beside.place);
    return [async () => beside.signatures];
  }
  const stores = new Set([...sources.stores, ...payload.stores, publicSignatureStore]);
  return [...stores].map((store) => () => lookIn(store, image, sources, asked));
}

function kept(
  code: 'signatureVerified' | 'signatureByOwnKeyOnly',
  key: string,
  signature: Uint8Array,
): SignatureJudgement {
  return { evidence: { code, details: { key } }, sound: true, signatures: [signature] };
}

/** What a store has; one that fails is noted in `asked` and passed over. */
async function lookIn(
  store: string,
  image: Digest,
  options: StoreOptions,
  asked: string[],
): Promise<readonly Uint8Array[]> {
  const url = URL.parse(store);
  const name = url ? `${url.host}${url.pathname}`.slice(0, 150) : 'an address that cannot be read';
  try {
    const found = await fetchSignatures(image, store, options);
    asked.push(name);
    return found;
  } catch (error) {
    options.signal?.throwIfAborted();
    asked.push(`${name} (${errorText(error).slice(0, 120)})`);
    return [];
  }
}
