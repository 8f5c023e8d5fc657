import { type AddressInfo, isIPv6, type Server } from 'node:net';
import { errorText } from '../../kernel/index.ts';
import { lbErrors } from './errors.ts';
import type { ListenAddress } from './types.ts';

/** Lets a server listen; says where, or throws `lb.addressInUse` or `lb.listen` with the name that it was given. */
export async function listenOn(
  server: Server,
  frontend: string,
  { host, port }: ListenAddress,
): Promise<ListenAddress> {
  const address = `${isIPv6(host) ? `[${host}]` : host}:${port}`;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? lbErrors.addressInUse({ frontend, address, port }, { cause: error })
          : lbErrors.listen({ frontend, address, detail: errorText(error) }, { cause: error }),
      ),
    );
    server.listen({ host, port, backlog: 4096 }, resolve);
  });
  // Refused by the system in a moment without sockets: the next client may find one.
  server.on('error', () => undefined);
  return { host, port: (server.address() as AddressInfo).port };
}
