import type { Clock, HttpTransport } from '../../kernel/index.ts';

/** A registry without the referrers API may get it; after so long it is asked again. */
const forgetAfterMs = 24 * 60 * 60_000;

/** What was learnt of repositories, so that none is asked twice for what its registry does not have. */
export interface KnownPlaces {
  /** Asks `ask` whether a repository (`host/path`) has the referrers API, unless it lately had not; those that come meanwhile wait for the answer. */
  hasReferrers(repository: string, ask: () => Promise<boolean>): Promise<boolean>;
}

const byTransport = new WeakMap<HttpTransport, KnownPlaces>();

/** What is known as long as the transport lives: captures come one after the other over the same one. */
export function knownPlacesOf(transport: HttpTransport, clock: Clock): KnownPlaces {
  const known = byTransport.get(transport) ?? createKnownPlaces(clock);
  byTransport.set(transport, known);
  return known;
}

function createKnownPlaces(clock: Clock): KnownPlaces {
  const withoutUntilMs = new Map<string, number>();
  const having = new Set<string>();
  const asking = new Map<string, Promise<unknown>>();
  return {
    async hasReferrers(repository, ask) {
      while (!having.has(repository)) {
        if ((withoutUntilMs.get(repository) ?? 0) > clock.now()) return false;
        const other = asking.get(repository);
        if (other) {
          await other;
          continue;
        }
        const asked = ask();
        asking.set(
          repository,
          asked.catch(() => {}),
        );
        try {
          const has = await asked;
          if (has) having.add(repository);
          else withoutUntilMs.set(repository, clock.now() + forgetAfterMs);
          return has;
        } finally {
          asking.delete(repository);
        }
      }
      return ask();
    },
  };
}
