import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../../kernel/index.ts';
import type { Balancer, BalancerEvent, Frontend, FrontendState } from '../../../services/lb/index.ts';
import { stepsErrors } from '../errors.ts';
import type { StubIdentity } from '../stub/identity.ts';
import { speaksTls } from '../stub/node-stub.ts';
import { type StubServer, startStubServer } from '../stub/stub-server.ts';
import { newToken, stubLine } from '../stub/token.ts';
import type { BalancerProbe } from './types.ts';

/** Takes stubs behind the balancer and out again. */
export interface Prober {
  /** Throws `cluster.probeRuns` while another one is under way. */
  begin(): Promise<BalancerProbe>;
  /** Takes all stubs out; again and again it is the same. */
  end(): Promise<void>;
  /** True for what a probe and no node did, so that nobody is told of it. */
  isOwn(event: BalancerEvent): boolean;
}

interface Standing {
  readonly stub: StubServer;
  /** Puts the backends back as they were. */
  remove(): void;
}

/** A frontend as the plan has it, at the port that clients know. */
type PlannedFrontend = Pick<Frontend, 'name' | 'listen' | 'backends'>;

const stubName = 'holdfast-preflight';
const longestMs = 30_000;
const settleMs = 4_000;
const lookMs = 20;

/**
 * Puts a stub of this process behind every frontend that nobody is using: no backend up, none unknown, no connection open.
 * The backends of the plan stay where they are and keep their state, so that nothing of it is lost; a stub goes as soon as
 * one of them comes up, and in any case after 30 seconds.
 */
export function createProber(
  balancer: Balancer,
  frontends: readonly PlannedFrontend[],
  clock: Clock,
): Prober {
  const standing = new Map<string, Standing>();
  let running = false;
  let beginning: Promise<unknown> | undefined;
  let timer: NodeJS.Timeout | undefined;

  const stateOf = (name: string) => balancer.state().frontends.find((one) => one.name === name)!;
  const settled = async (name: string, is: (state: FrontendState) => boolean) => {
    const until = performance.now() + settleMs;
    while (!is(stateOf(name)) && performance.now() < until) await sleep(lookMs);
    return is(stateOf(name));
  };

  balancer.on((event) => {
    if (event.kind === 'health' && event.health === 'up' && event.backend !== stubName)
      void takeOut(event.frontend);
  });

  async function takeOut(name: string): Promise<void> {
    const one = standing.get(name);
    if (!one) return;
    one.remove();
    standing.delete(name);
    await one.stub.stop();
  }

  async function end(): Promise<void> {
    clearTimeout(timer);
    // What is still being put in would stay behind otherwise.
    await beginning?.catch(() => undefined);
    await Promise.all([...standing.keys()].map(takeOut));
    running = false;
  }

  async function putIn({ name, listen, backends }: PlannedFrontend, identity: () => Promise<StubIdentity>) {
    const told = { frontend: name, port: listen.port };
    const isKnown = await settled(name, (state) => state.backends.every((one) => one.health !== 'unknown'));
    const state = stateOf(name);
    if (state.backends.some((one) => one.health === 'up')) return { ...told, busy: 'backendUp' } as const;
    if (!isKnown) return { ...told, busy: 'backendUnknown' } as const;
    if (state.connections > 0) return { ...told, busy: 'inUse' } as const;
    const token = newToken();
    const stub = await startStubServer({
      host: '127.0.0.1',
      port: 0,
      ...(speaksTls(listen.port) && { identity: await identity() }),
      answer: () => stubLine({ name: stubName, port: listen.port, token }),
    });
    standing.set(name, { stub, remove: () => balancer.setBackends(name, backends) });
    balancer.setBackends(name, [...backends, { name: stubName, address: '127.0.0.1', port: stub.port }]);
    await settled(name, ({ backends: now }) => now.some((one) => one.health === 'up'));
    return { ...told, token };
  }

  async function beginAll() {
    const { stubIdentity } = await import('../stub/identity.ts');
    const made = stubIdentity(clock.now());
    return Promise.all(frontends.map((one) => putIn(one, () => made)));
  }

  return {
    async begin() {
      if (running) throw stepsErrors.probeRuns();
      running = true;
      timer = setTimeout(() => void end(), longestMs).unref();
      const standingIn = beginAll();
      beginning = standingIn;
      try {
        return { frontends: await standingIn };
      } catch (error) {
        await end();
        throw error;
      }
    },
    end,
    isOwn(event) {
      if (event.kind === 'health') return event.backend === stubName;
      return (event.kind === 'available' || event.kind === 'unavailable') && standing.has(event.frontend);
    },
  };
}
