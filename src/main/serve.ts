import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningServer } from '../cli/index.ts';
import { type Config, configErrors, type ListenAddress, settings } from '../config/index.ts';
import { lastChange, watchChanges } from '../db/index.ts';
import { createHttpApp, createReplayApp, type HttpConfig, isLoopbackAddress, listen } from '../http/index.ts';
import { hasCode, type Logger } from '../kernel/index.ts';
import { type ClusterHere, createClusterViews } from './clusters.ts';
import { type Composed, compose } from './compose.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createLog } from './log.ts';
import { addressText, originOf } from './origins.ts';
import { projectRoot } from './project-root.ts';
import { startRegistry } from './registry.ts';
import { version } from './version.ts';

/** What is served beside the server, in its process. */
export interface ServedBeside {
  /** The cluster that it is for, which the web interface shows. */
  readonly cluster?: ClusterHere;
  stop(): Promise<void>;
}

/** Starts the server: both origins listen before this resolves; captures start right after. */
export async function serve(config: Config): Promise<RunningServer>;
/** Starts the server with something beside it, which is started first and ends last. */
export async function serve<B extends ServedBeside>(
  config: Config,
  beside: (rooms: Composed, logger: Logger) => Promise<B>,
): Promise<RunningServer & { readonly beside: B }>;
export async function serve(
  config: Config,
  beside?: (rooms: Composed, logger: Logger) => Promise<ServedBeside>,
): Promise<RunningServer & { readonly beside?: ServedBeside }> {
  const logger = createLog(config);
  const never: string[] = [];
  const rooms = await compose(config, logger, never);
  // A proxy in front makes every request look as if it came from this machine, so then everybody logs in.
  const open = isLoopbackAddress(config.listen.host) && config.publicOrigin === null;
  const ports = { ui: config.listen.port, replay: config.replayListen.port };
  const webDir = join(projectRoot, 'dist', 'web');
  const httpConfig: HttpConfig = {
    version,
    dataDir: rooms.data.folder,
    open,
    ports,
    trustedProxies: config.trustedProxies,
    ...(existsSync(webDir) && { webDir }),
    ...(config.publicOrigin !== null && { publicOrigin: config.publicOrigin }),
    ...(config.replayOrigin !== null && { replayOrigin: config.replayOrigin }),
  };
  const { clock, links, jobs, auth, readers, db } = rooms;
  const stops: (() => unknown)[] = [() => rooms.close()];
  const stop = async () => {
    for (const end of stops.reverse()) await end();
  };
  try {
    const deps = { links, jobs, auth, clock, logger, config: httpConfig, snapshots: await readers() };
    const changes = {
      last: () => lastChange(db),
      watch: (since: number, signal: AbortSignal) => watchChanges(db, since, { signal }),
    };
    const started = await beside?.(rooms, logger);
    if (started) stops.push(() => started.stop());
    const registry = await startRegistry(config, rooms, logger.child({ room: 'registry' }));
    if (registry) stops.push(() => registry.stop());
    const clusters = createClusterViews({
      folder: join(rooms.data.folder, 'clusters'),
      clock,
      ...(started?.cluster && { here: started.cluster }),
    });
    const app = createHttpApp({ ...deps, changes, clusters, ...(registry && { registry: registry.view }) });
    const replay = createReplayApp(deps);
    const ui = await listenOn(config.listen, settings.listen.variable, { fetch: app.fetch, open });
    stops.push(() => ui.stop());
    const shown = await listenOn(config.replayListen, settings.replayListen.variable, {
      fetch: replay.fetch,
      open: false,
    });
    stops.push(
      () => shown.stop(),
      () => app.close(),
    );
    Object.assign(ports, { ui: ui.port, replay: shown.port });
    never.push(addressText(ui), addressText(shown), ...(registry ? [registry.address] : []));
    const setupCodeFile = open ? undefined : await auth.prepareSetup();
    const runner = await rooms.runner();
    runner.start();
    const { collectGarbage } = rooms;
    const hasRules = config.keep.length > 0;
    stops.push(startHousekeeping({ links, hasRules, collectGarbage, logger }), () => runner.stop());
    logger.info({ version, listen: addressText(ui), replay: addressText(shown), data: config.data }, 'Ready');
    return {
      address: config.publicOrigin ?? originOf(ui),
      replayAddress: config.replayOrigin ?? originOf(shown),
      registryAddress: registry?.origin,
      setupCodeFile,
      ...(started && { beside: started }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listenOn(
  address: ListenAddress,
  variable: string,
  options: Omit<Parameters<typeof listen>[0], 'host' | 'port'>,
): Promise<Awaited<ReturnType<typeof listen>>> {
  try {
    return await listen({ ...options, ...address });
  } catch (cause) {
    if (!hasCode(cause, 'http.listen') || cause.details.detail !== 'EADDRINUSE') throw cause;
    throw configErrors.portTaken({ address: addressText(address), variable }, { cause });
  }
}
