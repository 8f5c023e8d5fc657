import type { FactName, FactValues } from './types.ts';

const dayMs = 86_400_000;
const ageDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };
const ageUnits: Readonly<Record<string, string>> = {
  天: 'd',
  日: 'd',
  周: 'w',
  週: 'w',
  个月: 'm',
  個月: 'm',
  月: 'm',
  年: 'y',
};

const times = 'a date (2026, 2026-03, 2026-03-31) or an age (7d, 2w, 3m, 1y)';

/** A fact's value in its one spelling, or what is allowed instead. */
export function readValue(
  name: FactName,
  raw: string,
  values: FactValues,
): { readonly value: string } | { readonly allowed: string } {
  const text = raw.trim();
  if (name === 'before' || name === 'after') {
    const value = timeValue(text.normalize('NFKC').toLowerCase());
    return value === undefined ? { allowed: times } : { value };
  }
  if (name === 'site') {
    const value = text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
      .replace(/[/?#].*$/, '');
    return value === '' ? { allowed: 'a host name (example.org)' } : { value };
  }
  if (name === 'tag') return { value: text };
  const value = text.normalize('NFKC').toLowerCase();
  const known = values[name];
  return known === undefined || known.includes(value) ? { value } : { allowed: known.join(', ') };
}

function timeValue(text: string): string | undefined {
  const age = /^(\d{1,4})(d|w|m|y|天|日|周|週|个月|個月|月|年)$/.exec(text);
  // "2026年" is a year, "3年" an age.
  if (age && !(age[2] === '年' && age[1]!.length === 4))
    return `${Number(age[1])}${ageUnits[age[2]!] ?? age[2]}`;
  const date = /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?$/.exec(text);
  if (!date) return undefined;
  const [, year, month, day] = date;
  const value = [year, month?.padStart(2, '0'), day?.padStart(2, '0')]
    .filter((part) => part !== undefined)
    .join('-');
  return Number.isNaN(startOf(value)) ? undefined : value;
}

/**
 * The epoch milliseconds of a `before:` or `after:` value: the first moment (UTC) of a date, or the moment that an age
 * ago was (a month is 30 days, a year 365). `before` means earlier than it, `after` at it or later.
 */
export function timeOf(value: string, nowMs: number): number {
  const age = /^(\d+)([dwmy])$/.exec(value);
  return age ? nowMs - Number(age[1]) * ageDays[age[2]!]! * dayMs : startOf(value);
}

function startOf(date: string): number {
  const [year, month = '01', day = '01'] = date.split('-');
  const time = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  // Date.parse takes 30 February for 2 March.
  return Number.isNaN(time) || new Date(time).getUTCDate() !== Number(day) ? Number.NaN : time;
}
