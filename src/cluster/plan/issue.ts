import type { DetailValue, HoldfastError } from '../../kernel/index.ts';

export type Severity = 'error' | 'warning';

/** A place in the plan's file; line and column count from 1, the column in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something that is wrong with a plan, or doubtful. `localizeError` of the texts gives its sentences in a language. */
export interface Issue extends Place {
  /** `plan.<name>`, which never changes once released. */
  readonly code: string;
  readonly severity: Severity;
  readonly file: string;
  /** The field, as in `nodes[2].address`; empty for the whole document. */
  readonly path: string;
  readonly message: string;
  /** The mend. */
  readonly hint?: string;
  /** What `message` and `hint` are filled from. */
  readonly details: Readonly<Record<string, DetailValue>>;
  /** The other place, where two of them disagree. */
  readonly contradicts?: Place & { readonly path: string };
  /** The documentation page that the rule comes from, as a path in openshift-docs or in the installer's source. */
  readonly docs?: string;
}

/** A path into the document. */
export type Path = readonly (string | number)[];

/** What a check found, before it is known where that stands. */
export interface Finding {
  readonly error: HoldfastError;
  readonly path: Path;
  readonly contradicts?: Path | undefined;
  /** Where it is known already. */
  readonly place?: Place;
}

/** Writes a path: `['nodes', 2, 'address']` as `nodes[2].address`. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** Where fields stand; a path without a place of its own has that of the nearest one around it. */
export interface Places {
  of(path: Path): Place;
  /** Where the field's name stands; that of its value where it has none. */
  ofKey(path: Path): Place;
  /** True where the field itself stands in the file. */
  has(path: Path): boolean;
}

/** Makes an issue of a finding. */
export function issueOf(
  finding: Finding,
  { file, places, severity, docs }: { file: string; places: Places; severity: Severity; docs?: string },
): Issue {
  const { error, path, contradicts, place = places.of(path) } = finding;
  return {
    code: error.code,
    severity,
    file,
    path: pathText(path),
    ...place,
    message: error.message,
    ...(error.hint !== undefined && { hint: error.hint }),
    details: error.details,
    ...(contradicts && { contradicts: { path: pathText(contradicts), ...places.of(contradicts) } }),
    ...(docs !== undefined && { docs }),
  };
}

/** Issues in the order of the file, errors before warnings of one place. */
export function sortIssues(issues: readonly Issue[]): readonly Issue[] {
  return issues.toSorted(
    (a, b) => a.line - b.line || a.column - b.column || a.severity.localeCompare(b.severity),
  );
}

/** True where one of the issues is an error, so that the plan must not be used. */
export const hasErrors = (issues: readonly Issue[]): boolean =>
  issues.some((issue) => issue.severity === 'error');
