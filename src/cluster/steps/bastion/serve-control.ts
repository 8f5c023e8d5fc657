import { chmod, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { errorText, HoldfastError } from '../../../kernel/index.ts';
import { stepsErrors } from '../errors.ts';
import { connectBastion } from './connect-bastion.ts';
import { controlSocket } from './control-socket.ts';
import type { BastionControl } from './types.ts';

/** Of Linux, which has 108 bytes for it with the final zero (unix(7)). */
const longestSocketPath = 107;

/**
 * Lets other processes of this user ask a bastion, over a socket in its work folder that its owner alone may use (0600).
 * Throws `cluster.bastionRuns` where another one answers there already. Gives what ends that.
 */
export async function serveControl(bastion: BastionControl, work: string): Promise<() => Promise<void>> {
  const path = controlSocket(work);
  if (Buffer.byteLength(path) > longestSocketPath)
    throw stepsErrors.badWorkFolder({
      path: work,
      fault: `the path of a socket in it would have more than ${longestSocketPath} bytes`,
    });
  const other = await connectBastion(work).catch(() => undefined);
  if (other) throw stepsErrors.bastionRuns({ folder: work });
  // What a killed bastion left behind answers nobody.
  await rm(path, { force: true });
  const server = createServer({ requestTimeout: 10_000, maxHeaderSize: 4096 }, (request, response) => {
    request.resume();
    answer(bastion, request.method ?? '', request.url ?? '')
      .then((value) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(value ?? null));
      })
      .catch((error: unknown) => {
        response.writeHead(error instanceof HoldfastError ? 409 : 500, {
          'content-type': 'application/json',
        });
        response.end(JSON.stringify({ error: errorText(error).slice(0, 1000) }));
      });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', (cause) =>
      failed(stepsErrors.badWorkFolder({ path: work, fault: errorText(cause) }, { cause })),
    );
    // The folder is its owner's alone already; until the mode is set nobody else gets as far as the socket.
    server.listen(path, listening);
  });
  await chmod(path, 0o600);
  return async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await rm(path, { force: true });
  };
}

async function answer(bastion: BastionControl, method: string, url: string): Promise<unknown> {
  const { pathname, searchParams } = new URL(url, 'http://bastion');
  const node = searchParams.get('node') ?? '';
  const deadline = Number(searchParams.get('deadlineMs') ?? Number.NaN);
  switch (`${method} ${pathname}`) {
    case 'GET /state':
      return bastion.state();
    case 'POST /drain':
      return bastion.drain(node, Number.isFinite(deadline) ? deadline : undefined);
    case 'POST /enable':
      return bastion.enable(node);
    case 'POST /probe':
      return bastion.probe();
    case 'DELETE /probe':
      return bastion.endProbe();
    case 'POST /refresh':
      return bastion.refresh();
    default:
      throw stepsErrors.badQuestion({ question: `${method} ${pathname}`.slice(0, 100) });
  }
}
