import type { Clock, Digest } from '../../../kernel/index.ts';
import type { ApprovalRound } from './approve-round.ts';
import { findJournal, type Journal, newJournal, writeJournal } from './journal.ts';
import { type Told, told } from './told.ts';
import type { InstallEvent, Look, NodeState, StepId } from './types.ts';

/** The journal as it is kept: what changes is on disk before it is told. */
export interface Book {
  readonly journal: Journal;
  begin(step: StepId): Promise<void>;
  /** Tells it the first time since the journal was opened, then only where it is another than before. */
  wait(step: StepId, look: Extract<Look, { done: false }>): Promise<void>;
  finish(step: StepId, evidence: readonly Told[]): Promise<void>;
  nodes(states: ReadonlyMap<string, NodeState>): Promise<void>;
  requests(round: ApprovalRound): Promise<void>;
  warn(step: StepId, what: Told): Promise<void>;
  end(): Promise<void>;
}

/** Steps whose truth may have ended while nobody looked; they are looked at again when an installation goes on. */
const lookedAtAgain: readonly StepId[] = ['mirror', 'serve', 'preflight', 'ignition', 'drain'];

/** Opens the journal of an installation, or begins it. */
export async function openBook(
  path: string,
  { zone, plan }: { zone: string; plan: Digest },
  clock: Clock,
  onEvent: (event: InstallEvent) => void,
): Promise<Book> {
  const found = await findJournal(path);
  const journal = found ?? newJournal(zone, plan, clock.now());
  const save = () => writeJournal(path, journal);
  const at = () => ({ at: clock.now() });
  const heard = new Set<StepId>();
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

  const book: Book = {
    journal,

    async begin(step) {
      const record = journal.steps[step];
      if (record.state === 'active') return;
      record.state = 'active';
      // Looked at again, it is as old as it was.
      record.since ??= clock.now();
      await save();
      onEvent({ ...at(), kind: 'begun', step });
    },

    async wait(step, { waitsFor, next }) {
      const record = journal.steps[step];
      const isHeard = heard.has(step);
      heard.add(step);
      if (isHeard && same(record.waitsFor, waitsFor) && same(record.next, next ?? null)) return;
      record.waitsFor = waitsFor;
      record.next = next ?? null;
      await save();
      onEvent({ ...at(), kind: 'waiting', step, waitsFor, ...(next && { next }) });
    },

    async finish(step, evidence) {
      const doneAt = journal.steps[step].doneAt ?? clock.now();
      Object.assign(journal.steps[step], { state: 'done', doneAt, evidence, waitsFor: [], next: null });
      await save();
      onEvent({ ...at(), kind: 'done', step, evidence });
    },

    async nodes(states) {
      const changed = [...states].filter(([name, state]) => journal.nodes[name]?.state !== state);
      if (changed.length === 0) return;
      for (const [name, state] of changed) journal.nodes[name] = { state, since: clock.now() };
      await save();
      for (const [node, state] of changed) onEvent({ ...at(), kind: 'node', node, state });
    },

    async requests({ approved, left }) {
      const known = new Set(journal.left.map(({ request, reason }) => `${request} ${reason}`));
      const fresh = left.filter(({ request, reason }) => !known.has(`${request} ${reason}`));
      const gone = new Set([...approved, ...fresh].map(({ request }) => request));
      if (gone.size === 0) return;
      journal.approved.push(...approved);
      journal.left = [...journal.left.filter(({ request }) => !gone.has(request)), ...fresh];
      await save();
      for (const it of approved) onEvent({ ...it, kind: 'approved' });
      for (const it of fresh) onEvent({ ...it, kind: 'left' });
    },

    async warn(step, what) {
      const { code, details } = what;
      journal.warnings.push({ ...at(), code, details });
      await save();
      onEvent({ ...at(), kind: 'warning', step, told: what });
    },

    async end() {
      journal.finishedAt ??= clock.now();
      await save();
      onEvent({ ...at(), kind: 'finished' });
    },
  };

  if (found) {
    for (const step of lookedAtAgain)
      if (journal.steps[step].state === 'done') journal.steps[step].state = 'pending';
    if (journal.plan !== plan) {
      journal.plan = plan;
      await book.warn('mirror', told('planChanged'));
    }
  }
  await save();
  return book;
}
