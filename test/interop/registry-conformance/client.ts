import { request } from 'node:http';

/** An answer, its body read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface SendOptions {
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Uint8Array | string;
}

/** Sends one request to a registry: `target` is a path with its query, or what a `Location` said. */
export type Send = (method: string, target: string, options?: SendOptions) => Promise<Answer>;

/** A client that follows nothing and repeats nothing, so that a test sees what is on the wire. */
export function createClient(base: string, authorization?: string): Send {
  return (method, target, { headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const outgoing = request(new URL(target, base), {
        method,
        agent: false,
        headers: {
          ...(authorization !== undefined && { authorization }),
          ...(body !== undefined &&
            !('transfer-encoding' in headers) && { 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      });
      outgoing.on('error', reject).on('response', (incoming) => {
        const parts: Buffer[] = [];
        incoming.on('data', (part: Buffer) => parts.push(part));
        incoming.on('error', reject).on('end', () => {
          const flat = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: Object.fromEntries(flat),
            body: Buffer.concat(parts),
          });
        });
      });
      outgoing.end(body);
    });
}
