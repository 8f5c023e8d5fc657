const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long ago `thenMs` was, for people: “3 hours ago” up to two weeks, then the date (with the year where it differs).
 * A moment within 45 seconds, also one in the future of a clock that runs ahead, is `justNow`.
 */
export function relativeTime(thenMs: number, nowMs: number, language: string, justNow: string): string {
  const ago = nowMs - thenMs;
  if (ago < 45_000) return justNow;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  if (ago < 59.5 * minute) return format.format(-Math.max(1, Math.round(ago / minute)), 'minute');
  if (ago < 23.5 * hour) return format.format(-Math.round(ago / hour), 'hour');
  if (ago < 14 * day) return format.format(-Math.max(1, Math.round(ago / day)), 'day');
  const sameYear = new Date(thenMs).getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(thenMs);
}
