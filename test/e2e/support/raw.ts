import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Asks with exactly this path and these headers, which other clients would tidy up. */
export function ask(
  origin: string,
  path: string,
  options: RequestOptions & { body?: string } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, agent: false, ...rest }, async (answer) => {
      resolve({ status: answer.statusCode!, headers: answer.headers, body: await buffer(answer) });
    });
    asked.on('error', reject).end(body);
  });
}
