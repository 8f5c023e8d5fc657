import type { Clock } from '../../kernel/index.ts';
import type { Expectations } from './expectations.ts';
import type { Fetch, FetchEvent, FilesState, NodeFetchState, Stranger } from './types.ts';

/** One fetch under way. */
export interface Running {
  /** The answer's status and sizes are known; told before its first byte goes out. */
  begin(facts: Partial<Fetch>): void;
  /** What was found out before there is an answer. */
  known(facts: Partial<Fetch>): void;
  sent(sizeBytes: number): void;
  end(complete: boolean): void;
}

/** What was fetched, by whom, and how it agrees with what is expected. */
export interface FetchLog {
  start(facts: Pick<Fetch, 'address' | 'method' | 'path' | 'userAgent'>): Running;
  /** The fetches under way, then those that ended, the newest first. */
  list(): readonly Fetch[];
  state(expected: Expectations): FilesState;
  /** Forgets how far the nodes are, for expectations that begin anew. */
  forget(): void;
}

const progressMs = 500;
const mostStrangers = 500;
const key = (...parts: readonly string[]) => parts.join('\n');

/** Keeps the last `remembered` fetches and the latest of each address and path; memory is bounded by both. */
export function createFetchLog(
  clock: Clock,
  remembered: number,
  onFetch: ((event: FetchEvent) => void) | undefined,
): FetchLog {
  const running = new Set<{ fetch: Fetch }>();
  const ended: Fetch[] = [];
  const latest = new Map<string, Fetch>();
  const strangers = new Map<string, Stranger>();
  let lastId = 0;

  const tell = (kind: FetchEvent['kind'], fetch: Fetch) => onFetch?.({ kind, fetch });

  function noteStranger({ address, servedPath, verdict, node, role, at }: Fetch) {
    const id = key(address, servedPath, verdict);
    const times = (strangers.get(id)?.times ?? 0) + 1;
    const row = { address, path: servedPath, verdict, times, at };
    strangers.delete(id);
    strangers.set(id, { ...row, ...(node !== undefined && { node }), ...(role !== undefined && { role }) });
    if (strangers.size > mostStrangers) strangers.delete(strangers.keys().next().value!);
  }

  return {
    start(facts) {
      const now = clock.now();
      const blank = { status: 0, sentBytes: 0, answerBytes: 0, endByte: 0, sizeBytes: 0, complete: false };
      const it: { fetch: Fetch } = {
        fetch: {
          id: ++lastId,
          ...facts,
          ...blank,
          servedPath: facts.path,
          startedAt: now,
          at: now,
          verdict: 'unjudged',
        },
      };
      const set = (change: Partial<Fetch>) => {
        it.fetch = { ...it.fetch, ...change, at: clock.now() };
        // Only what agrees with the plan is kept by path, so that nobody can fill the table with names.
        if (it.fetch.verdict === 'as-planned' && it.fetch.method === 'GET')
          latest.set(key(it.fetch.address, it.fetch.servedPath), it.fetch);
      };
      running.add(it);
      let toldAt = now;
      return {
        known: set,
        begin(change) {
          set(change);
          if (it.fetch.verdict !== 'as-planned' && it.fetch.verdict !== 'unjudged') noteStranger(it.fetch);
          tell('began', it.fetch);
        },
        sent(sizeBytes) {
          set({ sentBytes: it.fetch.sentBytes + sizeBytes });
          if (it.fetch.at - toldAt < progressMs) return;
          toldAt = it.fetch.at;
          tell('progress', it.fetch);
        },
        end(complete) {
          set({ complete });
          running.delete(it);
          ended.push(it.fetch);
          if (ended.length > remembered) ended.shift();
          tell('ended', it.fetch);
        },
      };
    },
    list: () => [...[...running].map(({ fetch }) => fetch), ...ended.toReversed()],
    state: (expected) => ({
      nodes: expected.nodes.flatMap((node) =>
        node.paths
          .filter((path) => path !== '*')
          .map((path) => rowOf(node, path, latest.get(key(node.address, path)), running)),
      ),
      strangers: [...strangers.values()].toReversed(),
    }),
    forget() {
      latest.clear();
      strangers.clear();
    },
  };
}

function rowOf(
  { node, role, address }: { node: string; role: string; address: string },
  path: string,
  fetch: Fetch | undefined,
  running: ReadonlySet<{ readonly fetch: Fetch }>,
): NodeFetchState {
  const row = { node, role, address, path };
  if (!fetch) return { ...row, state: 'waiting', sentBytes: 0 };
  const { status, sizeBytes, at, endByte, answerBytes, complete } = fetch;
  if (status >= 400) return { ...row, state: 'refused', sentBytes: 0, at };
  const isRunning = [...running].some((one) => one.fetch.id === fetch.id);
  const sentBytes = Math.min(sizeBytes, Math.max(0, endByte - answerBytes) + fetch.sentBytes);
  // A node that resumed and got the end has the whole; so has one that asked whether its copy is still good.
  const isDone = complete && (status === 304 || endByte === sizeBytes);
  return {
    ...row,
    state: isDone ? 'done' : isRunning ? 'fetching' : 'broken',
    sentBytes: isDone ? sizeBytes : sentBytes,
    sizeBytes,
    at,
  };
}
