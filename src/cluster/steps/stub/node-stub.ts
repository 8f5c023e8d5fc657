import { type Clock, systemClock } from '../../../kernel/index.ts';
import { balancerOf, type Plan } from '../../plan/index.ts';
import { stepsErrors } from '../errors.ts';
import { type StubServer, startStubServer } from './stub-server.ts';
import { stubLine, tokenIn } from './token.ts';

/** The ports of the balancer behind which whoever answers speaks TLS; clients in clear text are told apart by nothing else. */
export const speaksTls = (port: number): boolean => port !== 80;

export interface NodeStub {
  readonly listening: readonly { readonly host: string; readonly port: number }[];
  stop(): Promise<void>;
}

export interface NodeStubOptions {
  readonly plan: Plan;
  /** A node that the balancer sends something to. */
  readonly node: string;
  readonly clock?: Clock;
  readonly onRequest?: (port: number, from: string) => void;
  /** Where a listener really stands; for tests. */
  readonly place?: (wanted: { host: string; port: number }) => { host: string; port: number };
}

/**
 * Stands in for a node before there is one: answers on its address at every port that the balancer sends to it, so that
 * preflight can read through a balancer that is not Holdfast's. Throws `cluster.stubNode` or `cluster.stubListen`.
 */
export async function startNodeStub({
  plan,
  node,
  clock = systemClock,
  onRequest,
  place = (it) => it,
}: NodeStubOptions): Promise<NodeStub> {
  const { frontends } = balancerOf(plan);
  const wanted = frontends.flatMap(({ port, servers }) => {
    const server = servers.find(({ name }) => name === node);
    return server ? [{ host: server.address, port }] : [];
  });
  if (wanted.length === 0) {
    const known = new Set(frontends.flatMap(({ servers }) => servers.map(({ name }) => name)));
    throw stepsErrors.stubNode({ node: node.slice(0, 63), known: [...known].join(', ') });
  }
  const { stubIdentity } = await import('./identity.ts');
  const identity = await stubIdentity(clock.now());
  const servers: StubServer[] = [];
  const listening: { host: string; port: number }[] = [];
  const stop = async () => void (await Promise.all(servers.splice(0).map((server) => server.stop())));
  for (const { host, port } of wanted) {
    const at = place({ host, port });
    try {
      const server = await startStubServer({
        ...at,
        ...(speaksTls(port) && { identity }),
        answer: (path) => stubLine({ name: node, port, token: tokenIn(path) || '0'.repeat(32) }),
        ...(onRequest && { onRequest: (from) => onRequest(port, from) }),
      });
      servers.push(server);
      listening.push({ host: at.host, port: server.port });
    } catch (cause) {
      await stop();
      const detail = (cause as NodeJS.ErrnoException).code ?? '';
      throw stepsErrors.stubListen({ address: `${at.host}:${at.port}`, detail }, { cause });
    }
  }
  return { listening, stop };
}
