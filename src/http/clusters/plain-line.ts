/** What a reader would not see, or what turns the direction of the line. */
const unseen = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** One line of a text that strangers may have had a hand in: without what is not seen, and at most `most` characters. */
export function plainLine(value: unknown, most = 300): string {
  const text = String(value ?? '');
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  return cut.replace(unseen, '\ufffd').toWellFormed();
}

/** A time as the API writes it; the beginning of the epoch for what is no time. */
export function isoTime(ms: number): string {
  return new Date(Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? ms : 0).toISOString();
}

/** The same, where it may not have come yet. */
export const isoTimeOrNull = (ms: number | null | undefined): string | null =>
  ms === null || ms === undefined ? null : isoTime(ms);
