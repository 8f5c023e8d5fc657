import type { Finding, Path, Severity } from '../issue.ts';
import type { Plan } from '../model.ts';
import type { PlanSecrets } from '../secrets.ts';

/** What a rule looks at. Texts may be of the wrong format where the plan is faulty: a rule passes over those. */
export interface Subject {
  readonly plan: Plan;
  /** Absent where only the plan is at hand; a part is absent where its file could not be read. */
  readonly secrets?: PlanSecrets;
  readonly nowMs: number;
  /** True where the field stands in the file itself, so that a finding may point at it. */
  isWritten(path: Path): boolean;
}

/** A rule as data: what it is, where it comes from, which versions it is for. */
export interface Rule {
  /** Names the rule in tests and documents; its findings carry codes of their own. */
  readonly name: string;
  readonly severity: Severity;
  /** First and last version, as `4.6`; without one, from the first, or to the last there is. */
  readonly since?: string;
  readonly until?: string;
  /** The page that says so, as a path in openshift-docs, or in another source that is named. */
  readonly docs: string;
  find(subject: Subject): Iterable<Finding>;
}
