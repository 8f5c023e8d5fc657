import { lookup } from 'node:dns/promises';
import type { Clock } from '../../kernel/index.ts';

/** Asks for all addresses of a name, in the order in which to try them; rejects where there is none. */
export type Resolver = (name: string) => Promise<readonly string[]>;

/** The system's own resolver (hosts file, DNS, mDNS: whatever the machine is set up to ask). */
export const systemResolver: Resolver = async (name) => {
  const answers = await lookup(name, { all: true, order: 'verbatim' });
  return answers.map((answer) => answer.address);
};

const failureTtlMs = 10_000;
const maxNames = 5000;

/** Asks once for each name and keeps to that answer for good; a failure is asked again after ten seconds. */
export function pinningResolver(resolver: Resolver, clock: Clock): Resolver {
  const answers = new Map<string, { answer: Promise<readonly string[]>; failedAt?: number }>();
  return (name) => {
    const known = answers.get(name);
    if (known && (known.failedAt === undefined || clock.now() - known.failedAt < failureTtlMs))
      return known.answer;
    if (answers.size >= maxNames && !known)
      return Promise.reject(new Error(`more than ${maxNames} names were asked for`));
    const entry: { answer: Promise<readonly string[]>; failedAt?: number } = { answer: resolver(name) };
    entry.answer.catch(() => {
      entry.failedAt = clock.now();
    });
    answers.set(name, entry);
    return entry.answer;
  };
}
