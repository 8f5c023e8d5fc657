import { askDns, type DnsQuestion, type DnsReply } from '../../../../services/dns/index.ts';
import { nameServersOf } from '../../../plan/index.ts';
import type { Scene } from '../types.ts';

const timeoutMs = 3_000;

/** What one name server of the nodes said over one transport. */
export interface Heard {
  readonly server: string;
  readonly transport: 'udp' | 'tcp';
  readonly reply: DnsReply;
}

/** Asks every name server that the nodes will have, over UDP and TCP. */
export function askAll(
  scene: Scene,
  name: string,
  type: DnsQuestion['type'],
  signal: AbortSignal,
): Promise<readonly Heard[]> {
  const asked = nameServersOf(scene.plan).flatMap((server) =>
    (['udp', 'tcp'] as const).map((transport) => ({ server, transport })),
  );
  return Promise.all(
    asked.map(async ({ server, transport }) => {
      const at = scene.place({ host: server, port: 53 });
      return {
        server,
        transport,
        reply: await askDns({ server: at, name, type, transport, timeoutMs, signal }),
      };
    }),
  );
}

/** Where a name leads by the first name server that says so over TCP; undefined where none does. */
export async function findAddress(
  scene: Scene,
  name: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const server of nameServersOf(scene.plan)) {
    const at = scene.place({ host: server, port: 53 });
    const reply = await askDns({ server: at, name, type: 'A', transport: 'tcp', timeoutMs, signal });
    if (reply.kind === 'answer' && reply.data[0] !== undefined) return reply.data[0];
  }
  return undefined;
}
