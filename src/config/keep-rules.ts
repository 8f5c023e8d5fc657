import { configErrors } from './errors.ts';
import type { ValueReader } from './values.ts';

const counts = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const;
type Count = (typeof counts)[number];

/** Which snapshots of a link stay, in the words of restic's `--keep-*`; `tag` is as it was written. */
export type KeepSetting = { readonly [K in Count]?: number } & {
  readonly tag?: string;
  readonly all?: boolean;
  readonly withinMs?: number;
};

const day = 24 * 3_600_000;
const unitsMs: Readonly<Record<string, number>> = {
  h: day / 24,
  d: day,
  w: 7 * day,
  m: 30 * day,
  y: 365 * day,
};

/** Reads rules, a comma, semicolon or line break between them: `last=10 daily=7, ocp/4.5: last=3, news: within=30d`. */
export const keepRules: ValueReader<readonly KeepSetting[]> = (text, { place }) =>
  text
    .split(/[,;\n]/)
    .map((rule) => rule.trim())
    .filter((rule) => rule !== '')
    .map((rule) => {
      const read = readRule(rule);
      if (!read) throw configErrors.badKeep({ place, value: rule.slice(0, 200) });
      return read;
    });

/** What stands before the last colon is the tag, which may hold spaces and colons itself. */
function readRule(text: string): KeepSetting | undefined {
  const colon = text.lastIndexOf(':');
  const tag = text.slice(0, Math.max(0, colon)).trim();
  if (colon >= 0 && tag === '') return undefined;
  let rule: KeepSetting = colon < 0 ? {} : { tag };
  const words = text
    .slice(colon + 1)
    .trim()
    .split(/\s+/);
  for (const word of words) {
    const read = readWord(word);
    // The same word twice is a slip of the pen, and it is not known which was meant.
    if (!read || Object.keys(read).some((name) => name in rule)) return undefined;
    rule = { ...rule, ...read };
  }
  return rule;
}

function readWord(word: string): Pick<KeepSetting, Count | 'all' | 'withinMs'> | undefined {
  if (word === 'all') return { all: true };
  const [, name = '', amount = '', unit = ''] = /^([a-z]+)=([1-9]\d{0,5})([hdwmy]?)$/.exec(word) ?? [];
  if (name === 'within' && unit !== '') return { withinMs: Number(amount) * unitsMs[unit]! };
  const count = counts.find((it) => it === name);
  return count !== undefined && unit === '' ? { [count]: Number(amount) } : undefined;
}
