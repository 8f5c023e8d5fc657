/** One way to authenticate that a server offers. */
export interface Challenge {
  /** In lower case: `basic`, `bearer`. */
  readonly scheme: string;
  /** By name in lower case. */
  readonly params: ReadonlyMap<string, string>;
}

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const schemePattern = new RegExp(`[\\s,]*(${token})(?=\\s|,|$)`, 'y');
const paramPattern = new RegExp(`[\\s,]*(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s,"]+))`, 'y');
const token68Pattern = /\s+[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$))/y;

/**
 * Reads the challenges of a `WWW-Authenticate` header, also of several lines joined by commas (RFC 9110, 11.6.1). What
 * cannot be read ends the list.
 */
export function parseChallenges(header: string): readonly Challenge[] {
  const challenges: Challenge[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(header);
    if (found) at = pattern.lastIndex;
    return found ?? undefined;
  };
  for (let found = take(schemePattern); found; found = take(schemePattern)) {
    const params = new Map<string, string>();
    if (!take(token68Pattern))
      for (let param = take(paramPattern); param; param = take(paramPattern))
        params.set(param[1]!.toLowerCase(), param[2]?.replace(/\\(.)/g, '$1') ?? param[3]!);
    challenges.push({ scheme: found[1]!.toLowerCase(), params });
  }
  return challenges;
}
