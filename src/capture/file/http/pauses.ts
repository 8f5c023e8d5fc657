const baseMs = 500;
const longestMs = 30_000;
const longestAskedMs = 120_000;

/** How long to wait before the next try, growing and spread by chance; `asked` is what the server wants to be left alone. */
export function pauseMs(failures: number, askedMs = 0, chance: () => number = Math.random): number {
  const grown = Math.min(longestMs, baseMs * 2 ** (failures - 1));
  return Math.max(Math.min(askedMs, longestAskedMs), grown * (0.5 + chance() / 2));
}

/** Reads `Retry-After` (RFC 9110 10.2.3), seconds or a date; milliseconds from `nowMs`. */
export function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,6}$/.test(value.trim())) return Number(value) * 1000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
