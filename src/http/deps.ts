import type { Auth } from '../auth/index.ts';
import type { SnapshotReaders } from '../capture/index.ts';
import type { Jobs } from '../jobs/index.ts';
import type { Clock, Logger } from '../kernel/index.ts';
import type { Links } from '../links/index.ts';
import type { ClusterViews } from './clusters/types.ts';
import type { RegistryView } from './registry/types.ts';

/** Something changed that a person may be looking at. `seq` grows with every change. */
export interface Change {
  readonly seq: number;
  readonly topic: string;
  readonly ref: string;
}

/** The feed of changes that live views follow, whichever process made them. */
export interface ChangeFeed {
  /** The number of the newest change, 0 where there is none. */
  last(): Promise<number>;
  /** Batches after `since`, oldest first, until the signal aborts. */
  watch(since: number, signal: AbortSignal): AsyncIterable<readonly Change[]>;
}

export interface HttpConfig {
  readonly version: string;
  /** Where the key of replay addresses is kept. */
  readonly dataDir: string;
  /** What vite built; absent where there is no web interface. */
  readonly webDir?: string | undefined;
  /** True where requests from this machine need no login; never holds for any other request. */
  readonly open: boolean;
  /** The ports that both servers really listen on; read at each request, so they may be filled in after listening. */
  readonly ports: { readonly ui: number; readonly replay: number };
  /** The origin that people have in their browser, where a proxy stands before the server. */
  readonly publicOrigin?: string | undefined;
  /** The origin that saved pages are shown from; absent: the host of the request with the replay's port. */
  readonly replayOrigin?: string | undefined;
  /** Addresses (CIDR) of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. */
  readonly trustedProxies?: readonly string[] | undefined;
}

/** What the replay origin needs. */
export interface ReplayDeps {
  readonly links: Pick<Links, 'findSnapshot'>;
  readonly snapshots: SnapshotReaders;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly config: HttpConfig;
}

/** What the API needs: the rooms' ports, nothing of how they are made. */
export interface HttpDeps extends ReplayDeps {
  readonly links: Links;
  readonly jobs: Jobs;
  readonly auth: Auth;
  readonly changes: ChangeFeed;
  /** Absent where this server runs no registry. */
  readonly registry?: RegistryView;
  /** Absent where this server shows no clusters. */
  readonly clusters?: ClusterViews;
}
