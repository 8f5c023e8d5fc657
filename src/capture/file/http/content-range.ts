/** What a `Content-Range` header says (RFC 9110 14.4): the bytes of the answer, half-open, and the whole's size where it is known. */
export interface ContentRange {
  /** Undefined for an unsatisfied range. */
  readonly range: readonly [start: number, end: number] | undefined;
  readonly total: number | undefined;
}

/** Reads it strictly; undefined for what is none, or cannot be. */
export function readContentRange(value: string | undefined): ContentRange | undefined {
  const match = /^bytes (?:(\d{1,16})-(\d{1,16})|\*)\/(\d{1,16}|\*)$/i.exec(value?.trim() ?? '');
  if (!match) return undefined;
  const total = match[3] === '*' ? undefined : Number(match[3]);
  if (match[1] === undefined) return total === undefined ? undefined : { range: undefined, total };
  const [start, end] = [Number(match[1]), Number(match[2]) + 1];
  const possible = Number.isSafeInteger(end) && start < end && (total === undefined || end <= total);
  return possible ? { range: [start, end], total } : undefined;
}

/** The `Content-Length` of an answer; undefined where it says none. */
export function readLength(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,15}$/.test(value.trim()) ? Number(value) : undefined;
}
