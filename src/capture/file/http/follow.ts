import type { HttpTransport, IncomingResponse, OutgoingRequest } from '../../../kernel/index.ts';
import { captureErrors } from '../../errors.ts';

const redirects = new Set([301, 302, 303, 307, 308]);
const maxRedirects = 10;

/** An answer that is no redirect, and the address that gave it. */
export interface Followed {
  readonly url: URL;
  readonly answer: IncomingResponse;
}

/** A GET that follows redirects, each judged by the transport; throws its errors and `capture.tooManyRedirects`. */
export async function follow(
  transport: HttpTransport,
  from: string,
  request: Omit<OutgoingRequest, 'method' | 'url' | 'body'>,
): Promise<Followed> {
  let url = new URL(from);
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const answer = await transport.send({ ...request, method: 'GET', url });
    const { location } = answer.headers;
    if (!redirects.has(answer.status) || location === undefined) return { url, answer };
    answer.discard();
    // Node reads header lines as Latin-1; addresses in them are UTF-8.
    const next = URL.parse(Buffer.from(location, 'latin1').toString(), url);
    if (!next) throw captureErrors.badUrl({ url: location.slice(0, 2048) });
    url = next;
  }
  throw captureErrors.tooManyRedirects({ url: from, limit: maxRedirects });
}
