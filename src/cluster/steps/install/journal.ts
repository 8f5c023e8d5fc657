import { z } from 'zod';
import { type Digest, errorText } from '../../../kernel/index.ts';
import { stepsErrors } from '../errors.ts';
import { findText, writePrivateFile } from '../private-file.ts';
import type { Told } from './told.ts';
import { type Approval, type LeftRequest, type NodeState, type StepId, stepIds } from './types.ts';

/** How far a step is; times are epoch milliseconds. */
export interface StepRecord {
  state: 'pending' | 'active' | 'done';
  since: number | null;
  doneAt: number | null;
  evidence: readonly Told[];
  waitsFor: readonly Told[];
  next: Told | null;
  /** When its limit was told to be over; null while it is not. */
  lateAt: number | null;
}

/** Everything that an installation knows of itself; on disk after each change. */
export interface Journal {
  format: 1;
  zone: string;
  plan: Digest;
  startedAt: number;
  finishedAt: number | null;
  /** The ignition generation that machines were begun with. */
  generation: string | null;
  steps: Record<StepId, StepRecord>;
  nodes: Record<string, { state: NodeState; since: number }>;
  approved: Approval[];
  left: LeftRequest[];
  operators: { available: number; total: number } | null;
  warnings: (Told & { at: number })[];
  kubeconfig: string | null;
  console: string | null;
}

const maxBytes = 4 * 1024 ** 2;
/** Of lists that a hostile cluster could make grow. */
const mostKept = 500;

const time = z.number().nullable();
const told = z.object({
  code: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
const step = z.object({
  state: z.enum(['pending', 'active', 'done']),
  since: time,
  doneAt: time,
  evidence: z.array(told),
  waitsFor: z.array(told),
  next: told.nullable(),
  lateAt: time,
});
const schema = z.object({
  format: z.literal(1),
  zone: z.string(),
  plan: z.string(),
  startedAt: z.number(),
  finishedAt: time,
  generation: z.string().nullable(),
  steps: z.record(z.enum(stepIds), step),
  nodes: z.record(z.string(), z.object({ state: z.string(), since: z.number() })),
  approved: z.array(
    z.object({
      at: z.number(),
      request: z.string(),
      host: z.string(),
      usage: z.enum(['client', 'serving']),
    }),
  ),
  left: z.array(z.object({ at: z.number(), request: z.string(), reason: z.string(), detail: z.string() })),
  operators: z.object({ available: z.number(), total: z.number() }).nullable(),
  warnings: z.array(told.extend({ at: z.number() })),
  kubeconfig: z.string().nullable(),
  console: z.string().nullable(),
});

/** A journal in which nothing has happened yet. */
export function newJournal(zone: string, plan: Digest, startedAt: number): Journal {
  const blank = (): StepRecord => ({
    state: 'pending',
    since: null,
    doneAt: null,
    evidence: [],
    waitsFor: [],
    next: null,
    lateAt: null,
  });
  return {
    format: 1,
    zone,
    plan,
    startedAt,
    finishedAt: null,
    generation: null,
    steps: Object.fromEntries(stepIds.map((id) => [id, blank()])) as Journal['steps'],
    nodes: {},
    approved: [],
    left: [],
    operators: null,
    warnings: [],
    kubeconfig: null,
    console: null,
  };
}

/** Reads a journal; undefined where there is none. Throws `cluster.badJournal` where it is damaged or of a later Holdfast. */
export async function findJournal(path: string): Promise<Journal | undefined> {
  try {
    const text = await findText(path, maxBytes);
    return text === undefined ? undefined : (schema.parse(JSON.parse(text)) as Journal);
  } catch (cause) {
    const fault = cause instanceof z.ZodError ? issueText(cause) : errorText(cause);
    throw stepsErrors.badJournal({ path, fault }, { cause });
  }
}

const issueText = ({ issues: [issue] }: z.ZodError) => `${issue?.path.join('.')}: ${issue?.message}`;

/** Writes a journal, durable when this resolves; lists are cut to their newest entries. */
export async function writeJournal(path: string, journal: Journal): Promise<void> {
  for (const list of [journal.approved, journal.left, journal.warnings])
    if (list.length > mostKept) list.splice(0, list.length - mostKept);
  await writePrivateFile(path, `${JSON.stringify(journal, undefined, 1)}\n`);
}
