/** What made a layer, without the shell around it and the comments of builders. */
export const shortCommand = (createdBy: string): string =>
  createdBy
    .replace(/^\/bin\/sh -c (?:#\(nop\) )?\s*/, '')
    .replace(/^RUN \/bin\/sh -c /, 'RUN ')
    .replace(/\s*# buildkit$/, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
