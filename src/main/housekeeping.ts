import type { Logger } from '../kernel/index.ts';
import type { Links } from '../links/index.ts';

const day = 24 * 3_600_000;
/** How long a link stays in the trash before it ends for good. */
const trashKeptMs = 30 * day;
const everyMs = day / 4;

/** Does now and a few times a day what nobody asks for; the answer ends it. */
export function startHousekeeping(links: Links, logger: Logger): () => void {
  const clean = () =>
    links.purgeExpired(trashKeptMs).then(
      (purged) => purged > 0 && logger.info({ purged }, 'Links that were 30 days in the trash have ended'),
      (err) => logger.error({ err }, 'Emptying the trash failed'),
    );
  void clean();
  const timer = setInterval(clean, everyMs).unref();
  return () => clearInterval(timer);
}
