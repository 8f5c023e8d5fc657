import { tagKey } from '../parse-tag.ts';

/** Which snapshots of a link stay, in the words of restic's `--keep-*`; what no word keeps goes. Counts are whole numbers above 0. */
export interface KeepRule {
  /** For links with this tag or one below it; absent for links that no rule with a tag is for. */
  readonly tag?: string;
  /** True to keep all. */
  readonly all?: boolean;
  /** So many of the newest. */
  readonly last?: number;
  /** The newest of each hour, day, … that has one, for so many of them; in the time zone of the process. */
  readonly hourly?: number;
  readonly daily?: number;
  readonly weekly?: number;
  readonly monthly?: number;
  readonly yearly?: number;
  /** Those that are younger; milliseconds. */
  readonly withinMs?: number;
}

/** The rules that a link with these tags is under: those for one of its tags, else those without a tag; several keep what any of them keeps. */
export function rulesFor(tags: readonly string[], rules: readonly KeepRule[]): readonly KeepRule[] {
  const keys = tags.map(tagKey);
  const isOn = (tag: string) => keys.some((key) => key === tag || key.startsWith(`${tag}/`));
  const own = rules.filter(({ tag }) => tag !== undefined && isOn(tagKey(tag)));
  return own.length > 0 ? own : rules.filter(({ tag }) => tag === undefined);
}
