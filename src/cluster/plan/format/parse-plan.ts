import type { z } from 'zod';
import { planErrors } from '../errors.ts';
import {
  type Finding,
  hasErrors,
  type Issue,
  issueOf,
  type Path,
  type Places,
  pathText,
  sortIssues,
} from '../issue.ts';
import type { Plan } from '../model.ts';
import { fillIn } from './fill-in.ts';
import { draftSchema, planSchema, type WrittenPlan } from './schema.ts';
import { findingsOf, valueAt } from './structure-findings.ts';
import { readTree, type Tree } from './yaml-tree.ts';

/** The most misfits that are told of; nobody mends more before looking again. */
const mostIssues = 500;

/** What a text is as a plan. */
export interface ParsedPlan {
  readonly file: string;
  /** Only where nothing is wrong with its structure and its texts; the rules of `checkPlan` are another matter. */
  readonly plan?: Plan;
  readonly issues: readonly Issue[];
  readonly places: Places;
  /** The plan, or what can be made of a faulty one: for the rules alone, which then tell nothing of what `blanks` says. */
  readonly draft?: Plan;
  /** Fields (and what is in them) whose values in the draft are made up, as paths. */
  readonly blanks: readonly string[];
}

/** Reads a plan (YAML, see docs/plan.md) in bounded time and memory; never throws. `file` is what issues call it. */
export function parsePlan(text: string, file = 'plan.yaml'): ParsedPlan {
  const tree = treeOf(text);
  const { places } = tree;
  const issuesOf = (findings: readonly Finding[]) =>
    sortIssues(findings.map((finding) => issueOf(finding, { file, places, severity: 'error' })));
  if (tree.value === undefined) {
    const nothing = { error: planErrors.empty(), path: [] };
    const findings = tree.findings.length > 0 ? tree.findings : [nothing];
    return { file, places, issues: issuesOf(findings), blanks: [] };
  }

  const root = structuredClone(plainOf(tree.value));
  const strict = parseWithNumbersAsWritten(root, tree);
  const misfits =
    strict.error?.issues.slice(0, mostIssues).flatMap((it) => findingsOf(it, root, places)) ?? [];
  const findings = [...tree.findings, ...misfits.slice(0, mostIssues)];
  const { written, blanks } = strict.success ? { written: strict.data, blanks: [] } : repaired(root);
  if (!written) return { file, places, issues: issuesOf(findings), blanks };
  const filled = fillIn(written);
  const told = new Set(findings.map((finding) => pathText(finding.path)));
  for (const finding of filled.findings)
    if (![...told].some((path) => isWithin(pathText(finding.path), path))) findings.push(finding);
  const issues = issuesOf(findings);
  return {
    file,
    places,
    issues,
    draft: filled.plan,
    blanks,
    ...(!hasErrors(issues) && { plan: filled.plan }),
  };
}

/** True where a path is another, or lies in it. */
export const isWithin = (path: string, outer: string): boolean =>
  outer === '' || path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);

function treeOf(text: string): Tree {
  try {
    return readTree(text);
  } catch (cause) {
    // Only a document nested past all measure gets here: the parser's stack is used up.
    if (!(cause instanceof RangeError)) throw cause;
    const place = { line: 1, column: 1 };
    const finding = { error: planErrors.tooDeep({ limit: 16 }, { cause }), path: [], place };
    return {
      value: undefined,
      findings: [finding],
      places: { of: () => place, ofKey: () => place, has: () => false },
      written: () => undefined,
    };
  }
}

/** The same value with ordinary objects in place of those without a prototype. */
function plainOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainOf(item)]));
}

/** Where a text is wanted and a number stands, the number counts as it is written: `name: 007`, `version: 4.20`. */
function parseWithNumbersAsWritten(root: unknown, tree: Tree): z.ZodSafeParseResult<WrittenPlan> {
  const first = planSchema.safeParse(root);
  let isChanged = false;
  for (const issue of first.error?.issues ?? []) {
    const path = issue.path as Path;
    const isNumber = issue.code === 'invalid_type' && typeof valueAt(root, path) === 'number';
    if (!isNumber || issue.expected !== 'string') continue;
    isChanged = setAt(root, path, tree.written(path)) || isChanged;
  }
  return isChanged ? planSchema.safeParse(root) : first;
}

/** Something for the rules to look at: what does not fit is taken out and filled with a value of the right type. */
function repaired(root: unknown): { written: WrittenPlan | undefined; blanks: readonly string[] } {
  const blanks = new Set<string>();
  // Each round may uncover fields of what the round before put in; a plan is four deep.
  for (let round = 0; round < 8; round++) {
    const result = draftSchema.safeParse(root);
    if (result.success) return { written: result.data, blanks: [...blanks] };
    for (const issue of result.error.issues) {
      const path = issue.path as Path;
      if (issue.code === 'unrecognized_keys') for (const key of issue.keys) removeAt(root, path, key);
      else if (!setAt(root, path, blankFor(issue))) return { written: undefined, blanks: [...blanks] };
      else blanks.add(pathText(path));
    }
  }
  return { written: undefined, blanks: [...blanks] };
}

function blankFor(issue: z.core.$ZodIssue): unknown {
  if (issue.code === 'invalid_value') return issue.values[0];
  if (issue.code === 'too_small') return issue.origin === 'array' ? [undefined] : issue.minimum;
  if (issue.code === 'too_big') return issue.origin === 'array' ? [undefined] : issue.maximum;
  if (issue.code !== 'invalid_type') return '';
  switch (issue.expected) {
    case 'object':
      return {};
    case 'array':
      return [];
    case 'number':
    case 'int':
      return 1;
    case 'boolean':
      return false;
    default:
      return '';
  }
}

function setAt(root: unknown, path: Path, value: unknown): boolean {
  const parent = valueAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (typeof parent !== 'object' || parent === null || last === undefined) return false;
  (parent as Record<string | number, unknown>)[last] = value;
  return true;
}

function removeAt(root: unknown, path: Path, key: string): void {
  const parent = valueAt(root, path);
  if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, key);
}
