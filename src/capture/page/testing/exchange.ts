import { digestOf } from '../../../kernel/index.ts';
import type { TimedExchange } from '../../snapshot/format.ts';

/** A recorded GET with a body, or what the test makes of it. */
export function exchange(url: string, given: Partial<TimedExchange> & { text?: string } = {}): TimedExchange {
  const { text = url, ...rest } = given;
  return {
    url,
    method: 'GET',
    requestHeaders: [],
    type: 'image',
    status: 200,
    statusText: 'OK',
    responseHeaders: [],
    body: { digest: digestOf(Buffer.from(text)), size: text.length },
    atMs: 0,
    ...rest,
  };
}

/** A recorded redirect. */
export function redirect(url: string, location: string, status = 302): TimedExchange {
  return exchange(url, { status, body: null, responseHeaders: [['Location', location]] });
}
