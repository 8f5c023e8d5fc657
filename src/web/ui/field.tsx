/** The looks of a one-line field. */
export const inputClass =
  'h-10 w-full min-w-0 rounded-lg border border-line-strong bg-surface px-3 text-sm outline-none transition-colors focus:border-accent focus:ring-1 focus:ring-accent';
/** The looks of a field that filters what stands below it. */
export const filterClass =
  'h-9 min-w-0 flex-1 rounded-lg bg-sunken px-3 text-sm ring-1 ring-line outline-none ring-inset focus:ring-2 focus:ring-accent';
/** The looks of a field of several lines. */
export const areaClass =
  'block w-full min-w-0 resize-none rounded-lg border border-line-strong bg-surface px-3 py-2 text-sm outline-none transition-colors focus:border-accent focus:ring-1 focus:ring-accent';
