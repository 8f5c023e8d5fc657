import { createHash } from 'node:crypto';
import { formatReference, parseReference } from '../images/index.ts';
import { comparisonKey } from './comparison-key.ts';
import { linksErrors } from './errors.ts';

/** A link as it is kept: `url` as it was given (with a scheme), `host` as punycode, `keyHash` equal for equal links. */
export interface ParsedLink {
  readonly url: string;
  readonly host: string;
  readonly keyHash: string;
}

const limitBytes = 16 * 1024;
// What comes along when an address is copied out of a text: spaces, zero-width and direction marks.
const margin = String.raw`[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+`;
const margins = new RegExp(`^${margin}|${margin}$`, 'gu');
const knownSchemes =
  /^(?:about|blob|chrome|chrome-extension|content|cid|data|edge|file|filesystem|ftp|ftps|geo|git|ipfs|irc|javascript|magnet|mailto|moz-extension|news|resource|sftp|sip|sms|ssh|tel|urn|vbscript|view-source|ws|wss|xmpp)$/i;

/**
 * Reads what a person entered as a link to a page or file (`https://…`) or to an image or release (`docker://…`). Throws
 * `links.malformed`, `links.refusedScheme`, `links.credentials`, `links.tooLong` or `images.badReference`.
 */
export function parseLink(text: string): ParsedLink {
  const given = trim(text);
  if (given === '') throw linksErrors.malformed({ url: '' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(given)) throw linksErrors.malformed({ url: shown(given) });
  const sizeBytes = Buffer.byteLength(given);
  if (sizeBytes > limitBytes) throw linksErrors.tooLong({ url: shown(given), sizeBytes, limitBytes });
  if (/^docker:\/\//i.test(given)) return parseImageLink(given);
  const url = withScheme(given);
  const parsed = parse(url);
  if (parsed.username !== '' || parsed.password !== '') throw linksErrors.credentials({ url: shown(url) });
  return {
    url,
    host: parsed.hostname.replace(/\.$/, ''),
    keyHash: hashOf(comparisonKey(parsed)),
  };
}

function parseImageLink(given: string): ParsedLink {
  const url = given.replace(/^docker:/i, 'docker:');
  const reference = parseReference(url);
  return { url, host: reference.host, keyHash: hashOf(`docker://${formatReference(reference)}`) };
}

const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

function trim(text: string): string {
  const bare = text.replace(margins, '');
  return bare.startsWith('<') && bare.endsWith('>') ? bare.slice(1, -1).replace(margins, '') : bare;
}

function withScheme(text: string): string {
  if (text.startsWith('//')) return `https:${text}`;
  const match = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(text);
  if (match && !isPort(match[1]!, match[2]!)) {
    const scheme = match[1]!.toLowerCase();
    if (scheme === 'http' || scheme === 'https') return text;
    throw linksErrors.refusedScheme({ url: shown(scheme === 'data' ? `${scheme}:…` : text), scheme });
  }
  const authority = text.split(/[/?#\\]/, 1)[0]!;
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:\d*$/, '');
  if (/\s/.test(authority) || !/[.。．｡:]|^localhost$/i.test(host))
    throw linksErrors.malformed({ url: shown(text) });
  const loopback = /^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){1,3}|\[::1\])$/i.test(host);
  return `${loopback ? 'http' : 'https'}://${text}`;
}

/** `example.com:8080/a` looks like a scheme with something behind it. */
function isPort(before: string, after: string): boolean {
  return /^\d{1,5}(?:[/?#\\]|$)/.test(after) && !knownSchemes.test(before) && !/^https?$/i.test(before);
}

function parse(url: string): URL {
  const parsed = URL.parse(url);
  if (!parsed) throw linksErrors.malformed({ url: shown(url) });
  return parsed;
}

/** A link fit for an error message: not too long, and without a password that it may hold. */
function shown(text: string): string {
  const hidden = text.replace(/^([a-z][a-z0-9+.-]*:[/\\]*)?[^/?#\\]*@/i, '$1…@');
  return hidden.length > 300 ? `${hidden.slice(0, 300)}…` : hidden;
}
