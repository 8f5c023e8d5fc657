/** Precompressed neighbours of a file, best first: the ending of the file and its name in HTTP. */
const encodings = [
  { ending: '.br', name: 'br' },
  { ending: '.gz', name: 'gzip' },
] as const;

export type Encoding = (typeof encodings)[number];

/** The encodings that a client takes (RFC 9110, 12.5.3), best first. */
export function acceptedEncodings(header: string | undefined): readonly Encoding[] {
  const taken = new Map<string, boolean>();
  for (const part of (header ?? '').toLowerCase().split(',').slice(0, 20)) {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim());
    taken.set(name, !parameters.some((each) => /^q=0(?:\.0*)?$/.test(each)));
  }
  return encodings.filter(({ name }) => taken.get(name) ?? taken.get('*') ?? false);
}
