import { isIP } from 'node:net';
import { lbErrors } from './errors.ts';
import type { Backend, CheckQuestion, CheckTiming, Frontend, Limits, ListenAddress } from './types.ts';

/** A backend with nothing left to choose. */
export type BackendSettings = Required<Backend>;

/** A frontend with nothing left to choose. */
export interface FrontendSettings {
  readonly name: string;
  readonly listen: ListenAddress;
  readonly question: CheckQuestion;
  readonly timing: CheckTiming;
  readonly backends: readonly BackendSettings[];
  readonly balance: 'roundrobin' | 'leastconn';
  readonly slowStartMs: number;
  readonly closeDownAfterMs: number | undefined;
  readonly limits: Limits;
}

export const defaultTiming: CheckTiming = {
  intervalMs: 5000,
  fastIntervalMs: 2000,
  downIntervalMs: 2000,
  timeoutMs: 3000,
  rise: 3,
  fall: 2,
};

export const defaultLimits: Limits = {
  sessions: 4000,
  sessionsPerBackend: 2000,
  queue: 256,
  queueTimeoutMs: 10_000,
  connectTimeoutMs: 3000,
  retries: 3,
  idleMs: 3_600_000,
  halfClosedIdleMs: 600_000,
};

/** What a fault is thrown with: the field, what stands there and what should. */
type Refuse = (field: string, value: unknown, wanted: string) => Error;

/** Checks frontends and fills in defaults; throws `lb.badFrontend`, `lb.badBackend` or `lb.twice`. */
export function settingsOf(frontends: readonly Frontend[]): readonly FrontendSettings[] {
  const all = frontends.map(frontendOf);
  refuseTwice('Frontend', all, ({ name }) => name);
  refuseTwice(
    'Listener',
    all.filter(({ listen }) => listen.port !== 0),
    ({ listen }) => `${listen.host}:${listen.port}`,
  );
  return all;
}

function frontendOf(frontend: Frontend): FrontendSettings {
  const refuse: Refuse = (field, value, wanted) =>
    lbErrors.badFrontend({ frontend: shown(frontend.name), field, value: shown(value), wanted });
  const { intervalMs, fastIntervalMs, downIntervalMs, timeoutMs, rise, fall, ...question } = {
    ...defaultTiming,
    ...frontend.check,
  };
  const timing = { intervalMs, fastIntervalMs, downIntervalMs, timeoutMs, rise, fall };
  const limits = { ...defaultLimits, ...frontend.limits };
  checkName(frontend.name, refuse);
  if (isIP(frontend.listen.host) === 0) throw refuse('listen.host', frontend.listen.host, 'an IP address');
  checkWhole('listen.port', frontend.listen.port, 0, 65_535, refuse);
  for (const [name, value] of Object.entries(timing))
    checkWhole(`check.${name}`, value, 1, longestMs, refuse);
  for (const [name, value] of Object.entries(limits))
    checkWhole(`limits.${name}`, value, name === 'queue' || name === 'retries' ? 0 : 1, longestMs, refuse);
  checkQuestion(question, refuse);
  const { slowStartMs = 60_000, closeDownAfterMs } = frontend;
  checkWhole('slowStartMs', slowStartMs, 0, longestMs, refuse);
  checkWhole('closeDownAfterMs', closeDownAfterMs ?? 0, 0, longestMs, refuse);
  return {
    name: frontend.name,
    listen: frontend.listen,
    question,
    timing,
    backends: backendsOf(frontend.name, frontend.backends),
    balance: frontend.balance ?? 'roundrobin',
    slowStartMs,
    closeDownAfterMs,
    limits,
  };
}

/** The same for the backends of one frontend. */
export function backendsOf(frontend: string, backends: readonly Backend[]): readonly BackendSettings[] {
  const all = backends.map((backend) => {
    const refuse: Refuse = (field, value, wanted) =>
      lbErrors.badBackend({ frontend, backend: shown(backend.name), field, value: shown(value), wanted });
    checkName(backend.name, refuse);
    if (isIP(backend.address) === 0) throw refuse('address', backend.address, 'an IP address');
    checkWhole('port', backend.port, 1, 65_535, refuse);
    const { weight = 100, temporary = false, drained = false } = backend;
    checkWhole('weight', weight, 1, 256, refuse);
    const { name, address, port } = backend;
    return { name, address, port, weight, temporary, drained };
  });
  refuseTwice('Backend', all, ({ name }) => name);
  refuseTwice('Backend', all, ({ address, port }) => `${address}:${port}`);
  return all;
}

/** The longest that a timer of Node can wait. */
const longestMs = 2_147_483_647;

function checkQuestion(question: CheckQuestion, refuse: Refuse): void {
  checkWhole('check.port', question.port ?? 1, 1, 65_535, refuse);
  if (question.kind === 'tcp') return;
  // What stands here goes into a request line as it is.
  if (!/^\/[\x21-\x7e]{0,1000}$/.test(question.path))
    throw refuse('check.path', question.path, 'a path that begins with "/", without spaces');
  checkWhole('check.expectStatus', question.expectStatus ?? 200, 100, 599, refuse);
}

function checkName(name: unknown, refuse: Refuse): void {
  if (typeof name !== 'string' || name === '' || name.length > 253 || /\p{Cc}/u.test(name))
    throw refuse('name', name, '1 to 253 characters without control characters');
}

function checkWhole(field: string, value: number, least: number, most: number, refuse: Refuse): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw refuse(field, value, `a whole number from ${least} to ${most}`);
}

function refuseTwice<Item>(what: string, items: readonly Item[], keyOf: (item: Item) => string): void {
  const seen = new Set<string>();
  for (const item of items) {
    const key = keyOf(item);
    if (seen.has(key)) throw lbErrors.twice({ what, name: key });
    seen.add(key);
  }
}

const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 100) ?? 'missing';
