import { join } from 'node:path';
import type { Program } from '../cli/index.ts';
import { silentLogger } from '../kernel/index.ts';
import { findIdsLike } from '../links/index.ts';
import { mirrorOf } from './client-address.ts';
import { defaultGraceMs } from './collector.ts';
import { compose } from './compose.ts';
import { addressText } from './origins.ts';
import { projectRoot } from './project-root.ts';
import { version } from './version.ts';

/** The program as the command line gets it; the server is loaded only to serve. */
export const program: Program = {
  version,
  defaultData: join(projectRoot, 'data'),
  async open(config) {
    const never = [config.listen, config.replayListen].filter(({ port }) => port !== 0).map(addressText);
    const rooms = await compose(config, silentLogger, never);
    const { links, jobs, store, auth, readers, referrers, retention, holds, carry, db, runner, close } =
      rooms;
    const { robots, quotas, authority, transfer } = rooms;
    return {
      links,
      jobs,
      store,
      auth,
      registry: { robots, quotas, authority },
      readers,
      idsLike: (start) => findIdsLike(db, start),
      referrers: (manifest) => referrers.list(manifest),
      retention,
      otherBlobs: () => rooms.catalog.looseBlobs(rooms.clock.now() - defaultGraceMs),
      async *otherRoots() {
        for (const roots of rooms.otherRoots) yield* roots();
      },
      holdWhile: holds.holdWhile,
      collectGarbage: rooms.collectGarbage,
      carry,
      transfer,
      mirror: mirrorOf(config),
      runnerOf: (ids) => runner(ids),
      close,
    };
  },
  async serve(config) {
    const { serve } = await import('./serve.ts');
    return serve(config);
  },
  async serveBastion(config, request) {
    const { serveBastion } = await import('./bastion.ts');
    return serveBastion(config, request);
  },
};
