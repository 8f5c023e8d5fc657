/**
 * A date as pages write it, as RFC 3339: with its time in UTC where a zone was given, else the day alone. Knows ISO
 * 8601, the dates of mail and HTTP, `2024年3月5日`, `2024/03/05` and `05.03.2024`; empty for what is no date between 1980 and 2100.
 */
export function publishedAt(value: string): string {
  const text = value.trim().slice(0, 100);
  const zoned =
    /^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ||
    /\b(?:GMT|UTC)\b|:\d\d\s*[+-]\d\d:?\d\d$/.test(text);
  if (zoned) {
    const at = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
    const year = new Date(at).getUTCFullYear();
    return year >= 1980 && year < 2100 ? new Date(at).toISOString() : '';
  }
  const parts = /(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)/.exec(text);
  if (parts) return day(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  const dotted = /(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/.exec(text);
  if (dotted) return day(Number(dotted[3]), Number(dotted[2]), Number(dotted[1]));
  const named = Date.parse(`${text} UTC`);
  if (Number.isNaN(named) || !/\d{4}/.test(text) || !/[a-z]{3}/i.test(text)) return '';
  const at = new Date(named);
  return day(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate());
}

function day(year: number, month: number, date: number): string {
  const at = new Date(Date.UTC(year, month - 1, date));
  const real = at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return real && year >= 1980 && year < 2100 ? at.toISOString().slice(0, 10) : '';
}
