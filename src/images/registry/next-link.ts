import { imagesErrors } from '../errors.ts';
import type { Endpoint } from './context.ts';

/** The address of the next page in a `Link` header (RFC 8288), which has to be of the same registry; undefined after the last. */
export function nextLink(endpoint: Endpoint, header: string | undefined, from: URL): URL | undefined {
  for (const [, target = '', params = ''] of (header ?? '').matchAll(/<([^<>]*)>([^<]*)/g)) {
    if (!/;\s*rel\s*=\s*"?next"?\s*(?:[;,]|$)/i.test(params)) continue;
    const url = endpoint.wire.follow(target, from);
    if (url.origin === from.origin) return url;
    throw imagesErrors.badAnswer({
      host: endpoint.host,
      detail: `its next page is of another host, "${url.host}"`,
    });
  }
  return undefined;
}
