import { validateHeaderValue } from 'node:http';

/** Headers that concern one connection only (RFC 9110 7.6.1), and what a proxy and its client say to each other. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);
/** A `Connection` header may not take these away: they decide where a request goes and where a body ends. */
const endToEnd = new Set(['host', 'content-length', 'content-type', 'cookie', 'set-cookie', 'location']);

/** The header that says why the proxy itself answered; one from outside never gets through. */
export const refusalHeader = 'X-Holdfast-Refusal';

/** Copies raw headers (name, value, name, value…) but for hop-by-hop ones, those that `Connection` names, and `drop` (lower case). */
export function forwardable(raw: readonly string[], drop: readonly string[] = []): string[] {
  const named = valuesOf(raw, 'connection').flatMap((value) => value.toLowerCase().split(/[\s,]+/));
  const dropped = new Set([...drop, ...named.filter((name) => !endToEnd.has(name)), 'x-holdfast-refusal']);
  const kept: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name, value] = [raw[i]!, raw[i + 1]!];
    const lower = name.toLowerCase();
    if (hopByHop.has(lower) || lower.startsWith('proxy-') || dropped.has(lower)) continue;
    if (isSendable(name, value)) kept.push(name, value);
  }
  return kept;
}

/** All values of one header (lower-case name), in order. */
export function valuesOf(raw: readonly string[], name: string): string[] {
  return raw.filter((_, i) => i % 2 === 1 && raw[i - 1]!.toLowerCase() === name);
}

function isSendable(name: string, value: string): boolean {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) return false;
  try {
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
