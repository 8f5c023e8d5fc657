import type { Holdfast, Started } from '../../support/holdfast.ts';

/** The program as a person starts it, on a data folder of its own. */
export interface Server {
  readonly process: Started;
  readonly origin: string;
  readonly replayOrigin: string;
  /** Calls the API as a script on this machine does. */
  call(path: string, init?: RequestInit & { json?: unknown }): Promise<Response>;
  /** The same, for an answer that has to be good. */
  json<T>(path: string, init?: RequestInit & { json?: unknown }): Promise<T>;
}

/** Starts `holdfast serve` and waits until both origins answer; it ends with the suite. */
export async function startServer(
  holdfast: Holdfast,
  env: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const process = holdfast.start(['serve'], { env });
  const [, origin] = await process.says(/ready: (http:\/\/127\.0\.0\.1:\d+)\n/);
  const [, replayOrigin] = await process.says(/shown from (http:\/\/127\.0\.0\.1:\d+)\n/);
  const call: Server['call'] = (path, { json, ...init } = {}) =>
    fetch(`${origin}${path}`, {
      ...(json !== undefined && {
        method: 'POST',
        body: JSON.stringify(json),
        headers: { 'content-type': 'application/json' },
      }),
      ...init,
    });
  return {
    process,
    origin: origin!,
    replayOrigin: replayOrigin!,
    call,
    async json<T>(path: string, init?: RequestInit & { json?: unknown }) {
      const response = await call(path, init);
      if (!response.ok) throw new Error(`${path} gave ${response.status}: ${await response.text()}`);
      return (await response.json()) as T;
    },
  };
}
