import { planErrors } from '../errors.ts';
import { isWithin, type ParsedPlan } from '../format/parse-plan.ts';
import { type Finding, type Issue, issueOf, sortIssues } from '../issue.ts';
import { atLeast, type SecretFiles, type Version } from '../model.ts';
import type { PlanSecrets } from '../secrets.ts';
import type { Rule, Subject } from './rule.ts';
import { rules } from './rules.ts';

export interface CheckOptions {
  /** What the plan's files hold; without it, rules on them tell nothing. */
  readonly secrets?: PlanSecrets;
  /** Epoch milliseconds, which certificates are judged by. */
  readonly nowMs: number;
  /** What whoever read the files found. */
  readonly faults?: readonly Finding[];
}

/** The finding for a file of the plan that cannot be read; `detail` must have none of its content. */
export const secretFault = (field: keyof SecretFiles, path: string, detail: string): Finding => ({
  error: planErrors.unreadableSecret({ field: `secrets.${field}`, path: path.slice(0, 200), detail }),
  path: ['secrets', field],
});

/** All that is wrong with a plan or doubtful, of its structure and by every rule of its version; in the order of the file. */
export function checkPlan(
  parsed: ParsedPlan,
  { secrets, nowMs, faults = [] }: CheckOptions,
): readonly Issue[] {
  const { draft, places, file, blanks } = parsed;
  if (!draft) return parsed.issues;
  const subject: Subject = {
    plan: draft,
    ...(secrets && { secrets }),
    nowMs,
    isWritten: (path) => places.has(path),
  };
  const read = faults.map((finding) => issueOf(finding, { file, places, severity: 'error' }));
  const isBlank = (path: string) => blanks.some((blank) => isWithin(path, blank));
  const found = rules
    .filter((rule) => isFor(rule, draft.cluster.version))
    .flatMap((rule) =>
      [...rule.find(subject)].map((finding) =>
        issueOf(finding, { file, places, severity: rule.severity, docs: rule.docs }),
      ),
    )
    .filter(({ path, contradicts }) => !isBlank(path) && !(contradicts && isBlank(contradicts.path)));
  const told = new Set(parsed.issues.map((issue) => issue.path));
  return sortIssues([...parsed.issues, ...read, ...found.filter((issue) => !told.has(issue.path))]);
}

function isFor({ since, until }: Rule, version: Version): boolean {
  if (since !== undefined && !atLeast(version, ...minorOf(since))) return false;
  if (until === undefined) return true;
  const [major, minor] = minorOf(until);
  return !atLeast(version, major, minor + 1);
}

function minorOf(text: string): [number, number] {
  const [major = 0, minor = 0] = text.split('.').map(Number);
  return [major, minor];
}
