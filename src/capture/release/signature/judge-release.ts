import { type Digest, type HttpTransport, systemClock } from '../../../kernel/index.ts';
import type { ImageCaptureOptions } from '../../image/types.ts';
import { judgeSignatures, type SignatureJudgement, type SignatureSources } from './judge-signatures.ts';
import type { PayloadKeys } from './payload-keys.ts';

/** How the signatures of a release are looked for. */
export interface ReleaseTrust
  extends Pick<ImageCaptureOptions, 'trustedKeys' | 'signatureStores' | 'clock'>,
    Pick<SignatureSources, 'beside'> {
  readonly transport: HttpTransport;
  readonly plainHttp: boolean;
  readonly signal: AbortSignal;
}

/** Judges the signatures of a release image by the keys that the user trusts and those that it brings along. */
export async function judgeRelease(
  { trustedKeys, signatureStores = [], clock = systemClock, ...rest }: ReleaseTrust,
  image: Digest,
  payload: PayloadKeys,
): Promise<SignatureJudgement> {
  const { transport, plainHttp, signal, beside } = rest;
  return judgeSignatures(image, {
    transport,
    plainHttp,
    signal,
    ...(beside && { beside }),
    payload,
    trustedKeys: (await trustedKeys?.()) ?? [],
    stores: signatureStores,
    now: new Date(clock.now()),
  });
}
