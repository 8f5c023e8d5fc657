/** A half-open range of bytes: from the first to before the second. */
export type Interval = readonly [start: number, end: number];

/** The intervals with another one, in order, those that touch joined. */
export function withInterval(intervals: readonly Interval[], [start, end]: Interval): readonly Interval[] {
  if (end <= start) return intervals;
  const apart = intervals.filter(([from, to]) => to < start || from > end);
  const touched = intervals.filter(([from, to]) => to >= start && from <= end);
  const joined: Interval = [
    Math.min(start, ...touched.map(([from]) => from)),
    Math.max(end, ...touched.map(([, to]) => to)),
  ];
  return [...apart, joined].toSorted(([a], [b]) => a - b);
}

/** What is missing of `0` to `total`, in order. */
export function gapsIn(intervals: readonly Interval[], total: number): Interval[] {
  const gaps: Interval[] = [];
  let at = 0;
  for (const [start, end] of intervals) {
    if (start > at) gaps.push([at, Math.min(start, total)]);
    at = Math.max(at, end);
  }
  if (at < total) gaps.push([at, total]);
  return gaps.filter(([start, end]) => end > start);
}

/** How many bytes lie in the intervals. */
export function bytesIn(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, [start, end]) => sum + end - start, 0);
}
