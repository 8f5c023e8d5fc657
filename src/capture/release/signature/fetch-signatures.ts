import type { Digest, HttpTransport, IncomingResponse } from '../../../kernel/index.ts';
import { splitDigest } from '../../../kernel/index.ts';
import { collect } from '../../../store/index.ts';
import { maxSignatureBytes } from './verify-signature.ts';

/** Where the signatures of OpenShift releases are published. */
export const publicSignatureStore =
  'https://mirror.openshift.com/pub/openshift-v4/signatures/openshift/release';

/** As many signatures of one image are looked for in a store; the cluster version operator looks for as many. */
const maxSignatures = 10;
const maxRedirects = 3;
const stallMs = 20_000;

export interface StoreOptions {
  readonly transport: HttpTransport;
  /** True to ask stores over plain HTTP too. */
  readonly plainHttp?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Fetches the signatures of an image from one store, `<store>/sha256=<hex>/signature-N` from N = 1 until one is not there
 * (containers-signature.5). Throws where the store cannot be asked or answers with something else.
 */
export async function fetchSignatures(
  image: Digest,
  store: string,
  options: StoreOptions,
): Promise<readonly Uint8Array[]> {
  const { algorithm, hex } = splitDigest(image);
  const base = `${store.replace(/\/+$/, '')}/${algorithm}=${hex}`;
  const signatures: Uint8Array[] = [];
  while (signatures.length < maxSignatures) {
    const bytes = await fetchBytes(`${base}/signature-${signatures.length + 1}`, options);
    if (!bytes) break;
    signatures.push(bytes);
  }
  return signatures;
}

async function fetchBytes(address: string, options: StoreOptions): Promise<Uint8Array | undefined> {
  let url = checked(address, options);
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const response = await options.transport.send({
      method: 'GET',
      url,
      stallMs,
      ...(options.signal && { signal: options.signal }),
    });
    const { status, headers } = response;
    if (status === 200) return await bodyOf(response);
    response.discard();
    if (status === 404 || status === 403 || status === 410) return undefined;
    if (status < 300 || status > 399 || !headers.location) throw new Error(`status ${status}`);
    url = checked(new URL(headers.location, url).href, options);
  }
  throw new Error('too many redirects');
}

/** A release names its stores itself, so they are held to the web. */
function checked(address: string, { plainHttp = false }: StoreOptions): URL {
  const url = URL.parse(address);
  const isWeb = url?.protocol === 'https:' || (plainHttp && url?.protocol === 'http:');
  if (!url || !isWeb || url.username !== '' || url.password !== '') throw new Error('not an https address');
  return url;
}

async function bodyOf(response: IncomingResponse): Promise<Uint8Array> {
  try {
    return await collect(response.body, maxSignatureBytes);
  } catch (error) {
    response.discard();
    throw error;
  }
}
