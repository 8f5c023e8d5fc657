/** Bytes of a file, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The ranges that a `Range` header asks for, in its order (RFC 9110 14.1.2, 14.2); those that lie beyond the file are left out.
 * Undefined where the whole is to be given: another unit or form, more than `most`, or ranges that overlap.
 */
export function rangesOf(
  header: string | undefined,
  sizeBytes: number,
  most: number,
): readonly Range[] | 'unsatisfiable' | undefined {
  const set = /^bytes[ \t]*=(.*)$/is.exec(header ?? '')?.[1];
  if (set === undefined || set.length > 1_000) return undefined;
  const specs = set
    .split(',')
    .map((spec) => spec.trim())
    .filter((spec) => spec !== '');
  if (specs.length === 0 || specs.length > most) return undefined;
  const ranges: Range[] = [];
  for (const spec of specs) {
    const range = rangeOf(spec, sizeBytes);
    if (range === 'malformed') return undefined;
    if (range) ranges.push(range);
  }
  if (ranges.length === 0) return 'unsatisfiable';
  return overlap(ranges) ? undefined : ranges;
}

function rangeOf(spec: string, sizeBytes: number): Range | 'malformed' | undefined {
  const [, first, last] = /^(\d*)-(\d*)$/.exec(spec) ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'malformed';
  if (first === '') {
    const length = Math.min(Number(last), sizeBytes);
    return length === 0 ? undefined : { start: sizeBytes - length, end: sizeBytes };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'malformed';
  const end = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  return start >= sizeBytes ? undefined : { start, end };
}

function overlap(ranges: readonly Range[]): boolean {
  const sorted = [...ranges].sort((a, b) => a.start - b.start);
  return sorted.some(({ start }, index) => index > 0 && start < sorted[index - 1]!.end);
}
