import { existsSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Registry } from 'prom-client';
import { type Clock, errorText, HoldfastError } from '../../../kernel/index.ts';
import { createDnsServer, type DnsServer, type QueryEvent } from '../../../services/dns/index.ts';
import {
  createFileService,
  type EntrySource,
  type FetchEvent,
  type FileService,
  type FileServiceOptions,
} from '../../../services/files/index.ts';
import {
  type Balancer,
  type BalancerEvent,
  createBalancer,
  createStatsServer,
  type StatsWords,
} from '../../../services/lb/index.ts';
import { type Plan, zoneOf } from '../../plan/index.ts';
import { stepsErrors } from '../errors.ts';
import type { Ignition } from '../ignition/index.ts';
import { balancerOptionsOf } from './balancer-options.ts';
import { dnsOptionsOf } from './dns-options.ts';
import { filesOf } from './files-options.ts';
import { recall, remember } from './memory.ts';
import { createProber, type Prober } from './probe.ts';
import type { BastionControl, BastionState, Listening, MissingFile, ServiceName } from './types.ts';

export type BastionEvent =
  | { readonly service: 'dns'; readonly event: QueryEvent }
  | { readonly service: 'balancer'; readonly event: BalancerEvent }
  | { readonly service: 'files'; readonly event: FetchEvent };

export interface BastionOptions {
  readonly plan: Plan;
  /** The work folder of the cluster: what the bastion must know again stands there. */
  readonly work: string;
  readonly ignition: Pick<Ignition, 'served'>;
  /** The services to start. */
  readonly services: ReadonlySet<ServiceName>;
  /** Where images lie, by their paths in the plan. */
  readonly imagesFolder: string;
  /** Images from elsewhere, by their paths in the plan. */
  readonly images?: ReadonlyMap<string, EntrySource>;
  /** Needed where an image is a blob. */
  readonly store?: FileServiceOptions['store'];
  /** Rendered boot scripts by path (`boot/master1.ipxe`). */
  readonly scripts?: ReadonlyMap<string, string>;
  readonly words: {
    readonly stats: (acceptLanguage: string | undefined) => StatsWords;
    readonly error: (error: HoldfastError) => string;
    /** Why an ignition file is not given out any more. */
    readonly expired: (at: number) => string;
  };
  readonly clock: Clock;
  readonly onEvent?: (event: BastionEvent) => void;
  /** Where a listener really stands; for tests, which may not have the ports that a cluster needs. */
  readonly place?: (wanted: Listening) => Listening;
}

/** A bastion that serves. */
export interface RunningBastion extends BastionControl {
  /** Ends all services; sessions of the balancer may go on for `drainMs`. */
  stop(drainMs?: number): Promise<void>;
}

/** How often it is looked for images and ignition files that were put in their place by hand. */
const lookMs = 5_000;
const queriesShown = 100;

/** Starts the services of a plan in this process: all that are asked for, or none of them. */
export async function startBastion(options: BastionOptions): Promise<RunningBastion> {
  const { plan, work, services, clock, words, place = (wanted) => wanted } = options;
  const startedAt = clock.now();
  const listening: { -readonly [K in keyof BastionState['listening']]: readonly Listening[] } = {};
  const stops: (() => Promise<unknown>)[] = [];
  const registers = new Registry();
  let left = (await recall(work)).bootstrapLeft;
  let missing: readonly MissingFile[] = [];
  let [dns, balancer, files]: [DnsServer?, Balancer?, FileService?] = [];
  let prober: Prober | undefined;
  let drainMs = 0;

  const gather = async () => {
    let absent = '';
    const ignition = await options.ignition.served().catch((error: unknown) => {
      absent = error instanceof HoldfastError ? words.error(error) : errorText(error);
      return [];
    });
    return filesOf({
      plan,
      folder: options.imagesFolder,
      images: options.images ?? new Map(),
      ignition,
      scripts: options.scripts ?? new Map(),
      bootstrapLeft: left,
      isThere: existsSync,
      say: { absent, expired: words.expired },
      now: () => clock.now(),
    });
  };
  const refresh = async () => {
    const now = await gather();
    missing = now.missing;
    files?.update(now);
  };
  const hasLeft = async (value: boolean) => {
    await remember(work, { bootstrapLeft: value });
    left = value;
    await refresh();
  };
  /** A fault of whoever listens must not end what nodes depend on. */
  const tell = (event: BastionEvent) => {
    try {
      options.onEvent?.(event);
    } catch {}
  };
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };

  try {
    if (services.has('dns')) {
      const wanted = dnsOptionsOf(plan);
      const server = createDnsServer({
        ...wanted,
        listen: wanted.listen.map(place),
        metrics: registers,
        clock,
        onQuery: (event) => tell({ service: 'dns', event }),
      });
      listening.dns = await server.listen();
      stops.push(() => server.close());
      dns = server;
    }
    if (services.has('files')) {
      const now = await gather();
      missing = now.missing;
      const service = createFileService({
        ...now,
        ...(options.store && { store: options.store }),
        clock,
        say: words.error,
        listing: true,
        onFetch: (event) => tell({ service: 'files', event }),
      });
      listening.files = [
        await service.listen(place({ host: plan.bastion.address, port: plan.bastion.filesPort })),
      ];
      stops.push(() => service.close());
      files = service;
      const looking = setInterval(() => void refresh().catch(() => undefined), lookMs).unref();
      stops.push(async () => clearInterval(looking));
    }
    if (services.has('balancer')) {
      const { frontends } = balancerOptionsOf(plan, left);
      const lb = createBalancer({
        frontends: frontends.map((frontend) => ({ ...frontend, listen: place(frontend.listen) })),
        clock,
      });
      lb.on((event) => {
        if (event.kind === 'drained' && isTemporary(lb, event.backend))
          void hasLeft(true).catch(() => undefined);
        if (event.kind === 'enabled' && isTemporary(lb, event.backend))
          void hasLeft(false).catch(() => undefined);
        if (!prober?.isOwn(event)) tell({ service: 'balancer', event });
      });
      prober = createProber(lb, frontends, clock);
      listening.balancer = (await lb.listen()).map(({ host, port }) => ({ host, port }));
      stops.push(() => lb.close({ drainMs }));
      stops.push(async () => prober?.end());
      balancer = lb;
      const stats = createStatsServer({
        balancer: {
          state: () => lb.state(),
          metrics: async () =>
            [await lb.metrics(), await registers.metrics(), (await files?.metrics.text()) ?? ''].join('\n'),
        },
        words: words.stats,
      });
      listening.stats = [await stats.listen(place({ host: '127.0.0.1', port: plan.bastion.statsPort }))];
      stops.push(() => stats.close());
    }
  } catch (error) {
    await stop();
    throw error;
  }

  const balancing = (node: string): Balancer => {
    if (!balancer) throw stepsErrors.serviceOff({ service: 'balancer', node });
    return balancer;
  };
  return {
    async state() {
      return {
        cluster: zoneOf(plan),
        startedAt,
        listening,
        ...(balancer && { balancer: balancer.state() }),
        ...(files && { files: { ...files.state(), fetches: files.fetches() } }),
        ...(dns && { queries: dns.recentQueries().slice(-queriesShown).reverse() }),
        bootstrapLeft: left,
        missing,
      };
    },
    async drain(node, deadlineMs) {
      const draining = balancing(node).drain(node, deadlineMs === undefined ? {} : { deadlineMs });
      // Its sessions may go on for hours; whoever asked has to know only that no new ones come.
      await Promise.race([draining, nextTurn()]);
      draining.catch(() => undefined);
    },
    enable: async (node) => balancing(node).enable(node),
    async probe() {
      if (!prober) throw stepsErrors.noBalancer();
      return prober.begin();
    },
    endProbe: async () => prober?.end(),
    refresh,
    async stop(lastMs = 0) {
      drainMs = lastMs;
      await stop();
    },
  };
}

const isTemporary = (balancer: Balancer, name: string): boolean =>
  balancer
    .state()
    .frontends.some(({ backends }) => backends.some((one) => one.name === name && one.temporary));
