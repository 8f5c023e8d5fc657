import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Canary {
  readonly origin: string;
  /** Every path that was asked for. */
  readonly requests: string[];
  /** Connections, those without a request too. */
  connections: number;
  close(): Promise<void>;
}

/** A server that only notes who comes; `pages` are answered with HTML, everything else with 204. */
export async function startCanary(pages: Readonly<Record<string, string>> = {}): Promise<Canary> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const page = pages[path];
    if (page === undefined) requests.push(path);
    response.writeHead(page === undefined ? 204 : 200, { 'content-type': 'text/html' }).end(page);
  });
  const canary: Canary = {
    origin: '',
    requests,
    connections: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  server.on('connection', () => canary.connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(canary, { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
