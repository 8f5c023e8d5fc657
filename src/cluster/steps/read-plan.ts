import { dirname, resolve } from 'node:path';
import { errorText } from '../../kernel/index.ts';
import {
  checkPlan,
  type Finding,
  hasErrors,
  type Issue,
  type ParsedPlan,
  type Plan,
  type PlanSecrets,
  parsePlan,
  type SecretFiles,
  secretFault,
  secretOf,
} from '../plan/index.ts';
import { stepsErrors } from './errors.ts';
import { readBounded } from './read-bounded.ts';

/** The largest plan that is read. */
export const maxPlanBytes = 1024 * 1024;
const maxSecretBytes = 1024 * 1024;

/** A plan with what its files hold, and all that is wrong with it. */
export interface PlanOnDisk {
  /** Absolute. */
  readonly file: string;
  /** The folder that paths of the plan are relative to; absolute. */
  readonly folder: string;
  /** As it was written. */
  readonly text: string;
  /** Only where its structure is sound; `issues` may still hold errors of rules, see `loadPlan`. */
  readonly plan?: Plan;
  readonly secrets: PlanSecrets;
  readonly issues: readonly Issue[];
}

/** A plan without errors, with its secrets. */
export interface SoundPlan extends PlanOnDisk {
  readonly plan: Plan;
}

/**
 * Reads a plan and the files that it names, and checks all of it; `nowMs` judges certificates. `called` is what issues call
 * the file. Throws `cluster.unreadablePlan` where the plan itself cannot be read; everything else is an issue.
 */
export async function readPlan(
  path: string,
  { nowMs = Date.now(), called = path }: { nowMs?: number; called?: string } = {},
): Promise<PlanOnDisk> {
  const file = resolve(path);
  const folder = dirname(file);
  const text = await readBounded(file, maxPlanBytes).catch((cause) => {
    throw stepsErrors.unreadablePlan({ path, detail: errorText(cause) }, { cause });
  });
  const parsed = parsePlan(text, called);
  const { secrets, faults } = await readSecrets(folder, secretFilesOf(parsed));
  const issues = checkPlan(parsed, { secrets, nowMs, faults });
  return { file, folder, text, ...(parsed.plan && { plan: parsed.plan }), secrets, issues };
}

/** Reads a plan that is to be used; throws `cluster.faultyPlan` where `readPlan` finds any error. */
export async function loadPlan(path: string, options?: { nowMs?: number }): Promise<SoundPlan> {
  const read = await readPlan(path, options);
  const { plan, issues } = read;
  if (plan && !hasErrors(issues)) return { ...read, plan };
  const count = issues.filter((issue) => issue.severity === 'error').length;
  throw stepsErrors.faultyPlan({ path, count });
}

/** The files that a plan names, but for what is no name of a file: it may be the secret itself, and no error may quote it. */
function secretFilesOf({ draft, issues }: ParsedPlan): Partial<SecretFiles> {
  const entries = Object.entries(draft?.secrets ?? {});
  return Object.fromEntries(
    entries.filter(([field]) => !issues.some((issue) => issue.path === `secrets.${field}`)),
  );
}

async function readSecrets(folder: string, files: Partial<SecretFiles>) {
  const secrets: { -readonly [K in keyof PlanSecrets]: PlanSecrets[K] } = {};
  const faults: Finding[] = [];
  for (const field of ['pullSecret', 'sshKey', 'trustBundle'] as const) {
    const path = files[field];
    if (!path) continue;
    try {
      secrets[field] = secretOf(await readBounded(resolve(folder, path), maxSecretBytes));
    } catch (cause) {
      faults.push(secretFault(field, path, errorText(cause)));
    }
  }
  return { secrets, faults };
}
