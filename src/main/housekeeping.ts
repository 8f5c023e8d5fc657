import type { GarbageReport } from '../cli/index.ts';
import type { Logger } from '../kernel/index.ts';
import type { Links } from '../links/index.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** How long a link stays in the trash before it ends for good. */
const trashKeptMs = 30 * day;

export interface Housekept {
  readonly links: Links;
  /** True where rules let snapshots go. */
  readonly hasRules: boolean;
  readonly collectGarbage: (request: { signal: AbortSignal }) => Promise<GarbageReport>;
  readonly logger: Logger;
}

/** Does now and a few times a day what nobody asks for; the answer ends it. */
export function startHousekeeping({
  links,
  hasRules,
  collectGarbage,
  logger,
}: Housekept): () => Promise<void> {
  const stop = new AbortController();
  let collectedAt = 0;
  let working: Promise<void> = Promise.resolve();

  async function emptyTrash(): Promise<number> {
    const purged = await links.purgeExpired(trashKeptMs);
    if (purged > 0) logger.info({ purged }, 'Links that were 30 days in the trash have ended');
    return purged;
  }

  async function freeSpace(): Promise<void> {
    collectedAt = Date.now();
    const { freedBytes, links: thinned } = await collectGarbage({ signal: stop.signal });
    const snapshots = thinned.reduce((sum, { removed }) => sum + removed.length, 0);
    if (freedBytes > 0 || snapshots > 0) logger.info({ freedBytes, snapshots }, 'Space was freed');
  }

  const clean = async () => {
    const purged = await emptyTrash().catch((err) => logger.error({ err }, 'Emptying the trash failed'));
    if (!purged && !(hasRules && Date.now() - collectedAt >= day - hour)) return;
    await freeSpace().catch((err) => stop.signal.aborted || logger.error({ err }, 'Freeing space failed'));
  };
  const start = () => {
    working = working.then(clean);
  };
  start();
  const timer = setInterval(start, day / 4).unref();
  return async () => {
    clearInterval(timer);
    stop.abort();
    await working;
  };
}
