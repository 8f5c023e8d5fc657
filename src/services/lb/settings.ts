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

/** Checks frontends and fills in defaults; throws the error of the first that can not be used. */
export function settingsOf(frontends: readonly Frontend[]): readonly FrontendSettings[] {
  const all = frontends.map(frontendOf);
  refuseSame('frontends', all, (frontend) => frontend.listen);
  return all;
}

function frontendOf(frontend: Frontend): FrontendSettings {
  const { name, listen, slowStartMs = 60_000, closeDownAfterMs, balance = 'roundrobin' } = frontend;
  const { intervalMs, fastIntervalMs, downIntervalMs, timeoutMs, rise, fall, ...question } = {
    ...defaultTiming,
    ...frontend.check,
  };
  const timing = { intervalMs, fastIntervalMs, downIntervalMs, timeoutMs, rise, fall };
  const limits = { ...defaultLimits, ...frontend.limits };
  checkName('frontends', name);
  checkAddress(name, 'listen.host', listen.host);
  checkWhole(name, 'listen.port', listen.port, 0, 65_535);
  for (const [key, value] of Object.entries(timing)) checkWhole(name, `check.${key}`, value, 1, longestMs);
  for (const [key, value] of Object.entries(limits))
    checkWhole(name, `limits.${key}`, value, key === 'queue' || key === 'retries' ? 0 : 1, longestMs);
  checkQuestion(name, question);
  checkWhole(name, 'slowStartMs', slowStartMs, 0, longestMs);
  checkWhole(name, 'closeDownAfterMs', closeDownAfterMs ?? 0, 0, longestMs);
  const backends = backendsOf(name, frontend.backends);
  return { name, listen, question, timing, backends, balance, slowStartMs, closeDownAfterMs, limits };
}

/** The same for the backends of one frontend. */
export function backendsOf(frontend: string, backends: readonly Backend[]): readonly BackendSettings[] {
  const all = backends.map((backend) => {
    const { name, address, port, weight = 100, temporary = false, drained = false } = backend;
    checkName(frontend, name);
    const place = `${frontend}/${name}`;
    checkAddress(place, 'address', address);
    checkWhole(place, 'port', port, 1, 65_535);
    checkWhole(place, 'weight', weight, 1, 256);
    return { name, address, port, weight, temporary, drained };
  });
  refuseSame(frontend, all, ({ address, port }) => ({ host: address, port }));
  return all;
}

/** The longest that a timer of Node can wait. */
const longestMs = 2_147_483_647;

function checkQuestion(place: string, question: CheckQuestion): void {
  checkWhole(place, 'check.port', question.port ?? 1, 1, 65_535);
  if (question.kind === 'tcp') return;
  checkWhole(place, 'check.expectStatus', question.expectStatus ?? 200, 100, 599);
  // What stands here goes into a request line as it is.
  if (!/^\/[\x21-\x7e]{0,999}$/.test(question.path))
    throw lbErrors.badPath({ place, field: 'check.path', value: shown(question.path) });
}

function checkName(place: string, name: unknown): void {
  if (typeof name !== 'string' || name === '' || name.length > 253 || /\p{Cc}/u.test(name))
    throw lbErrors.badName({ place, value: shown(name) });
}

function checkAddress(place: string, field: string, address: string): void {
  if (isIP(address) === 0) throw lbErrors.badAddress({ place, field, value: shown(address) });
}

function checkWhole(place: string, field: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw lbErrors.badNumber({ place, field, value: shown(value), least, most });
}

function refuseSame<Item extends { readonly name: string }>(
  place: string,
  items: readonly Item[],
  addressOf: (item: Item) => ListenAddress,
): void {
  const names = new Set<string>();
  const addresses = new Set<string>();
  for (const item of items) {
    const { name } = item;
    if (names.has(name)) throw lbErrors.sameName({ place, name });
    names.add(name);
    const { host, port } = addressOf(item);
    const address = `${host}:${port}`;
    if (port !== 0 && addresses.has(address)) throw lbErrors.sameAddress({ place, address });
    addresses.add(address);
  }
}

const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 100) ?? 'missing';
