/**
 * The policy of a replayed document: no script, no form, no address but this snapshot's own folder. `sandbox` without
 * a word gives it an origin of its own that nothing belongs to, so `'self'` would match nothing and the folder is
 * written out. `framedBy` are the origins that may frame it; null leaves that open, for frames within the page: what
 * frames those has such an origin of nothing, which no source matches.
 */
export function replayPolicy(folder: string, framedBy: readonly string[] | null): string {
  return [
    'sandbox',
    "default-src 'none'",
    `img-src ${folder} data: blob:`,
    `style-src ${folder} 'unsafe-inline' data:`,
    `font-src ${folder} data:`,
    `media-src ${folder} data: blob:`,
    `frame-src ${folder}`,
    "form-action 'none'",
    "base-uri 'none'",
    ...(framedBy === null ? [] : [`frame-ancestors ${framedBy.join(' ')}`]),
  ].join('; ');
}
