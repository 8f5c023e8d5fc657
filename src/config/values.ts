import { isIP } from 'node:net';
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { configErrors } from './errors.ts';

/** Where a value was found, and what a relative path in it starts from. */
export interface Origin {
  readonly place: string;
  readonly folder: string;
}

/** Reads the text of one setting; throws the error that says what is allowed. */
export type ValueReader<T> = (text: string, origin: Origin) => T;

/** An address that a server listens on; port 0 takes any free one. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Reads `address:port`; IPv6 addresses stand in brackets, `localhost` is 127.0.0.1. */
export const listenAddress: ValueReader<ListenAddress> = (text, { place }) => {
  const [, host = '', digits = ''] = /^(.*):(\d{1,5})$/.exec(text) ?? [];
  const bracketed = /^\[(.*)\]$/.exec(host)?.[1];
  const address = host === 'localhost' ? '127.0.0.1' : (bracketed ?? host);
  const family = isIP(address);
  const port = Number(digits);
  const fits = bracketed === undefined ? family === 4 : family === 6;
  if (!fits || port > 65_535) throw configErrors.badAddress({ place, value: text });
  return { host: address, port };
};

/** Reads an address as `listenAddress` does; empty is null: nothing listens. */
export const optionalListenAddress: ValueReader<ListenAddress | null> = (text, origin) =>
  text === '' ? null : listenAddress(text, origin);

/** Reads words with commas or spaces between them. */
export const words: ValueReader<readonly string[]> = (text) =>
  text.split(/[\s,]+/).filter((word) => word !== '');

/** Reads addresses of web servers, commas or spaces between them. */
export const webAddresses: ValueReader<readonly string[]> = (text, origin) => {
  const addresses = words(text, origin);
  const bad = addresses.find((one) => !/^https?:$/.test(URL.parse(one)?.protocol ?? ''));
  if (bad !== undefined) throw configErrors.badWebAddress({ place: origin.place, value: bad });
  return addresses;
};

/** Reads CIDR ranges, commas or spaces between them; an address alone is a range of one. */
export const ranges: ValueReader<readonly string[]> = (text, { place }) =>
  text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      try {
        const alone = !part.includes('/') && isIP(part);
        const cidr = alone ? `${part}/${alone === 4 ? 32 : 128}` : part;
        const [address, bits] = ipaddr.parseCIDR(cidr);
        const kind = address.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
        // 10.1.2.3/8 may mean the range or the address: whoever wrote it has to say.
        if (kind.networkAddressFromCIDR(cidr).toString() !== address.toString())
          throw new Error(`the range begins at ${kind.networkAddressFromCIDR(cidr)}`);
        return `${address.toString()}/${bits}`;
      } catch (cause) {
        throw configErrors.badRange({ place, value: part }, { cause });
      }
    });

/** Reads a path and makes it absolute. */
export const path: ValueReader<string> = (text, { place, folder }) => {
  if (text.includes('\0')) throw configErrors.badPath({ place, value: text });
  return resolve(folder, text);
};

/** Reads a path; empty is null. */
export const optionalPath: ValueReader<string | null> = (text, origin) =>
  text === '' ? null : path(text, origin);

/** Images of `source` (`host[/path]`) are asked of `mirrors` first, in order. */
export interface MirrorRuleSetting {
  readonly source: string;
  readonly mirrors: readonly string[];
}

const registryPath = /^[a-z0-9.-]+(?::\d{1,5})?(?:\/[a-z0-9._/-]+)?$/i;

/** Reads rules `source=mirror|mirror`, commas or spaces between them. */
export const mirrorRules: ValueReader<readonly MirrorRuleSetting[]> = (text, { place }) =>
  text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => {
      const [source = '', mirrors = '', ...more] = part.split('=');
      const rule = { source, mirrors: mirrors.split('|') };
      if (more.length > 0 || ![source, ...rule.mirrors].every((name) => registryPath.test(name)))
        throw configErrors.badMirrors({ place, value: part });
      return rule;
    });

/** Reads a program's path or a CDP address; empty is null: one that is found by itself. */
export const browser: ValueReader<string | null> = (text, origin) => {
  if (text === '') return null;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return path(text, origin);
  if (/^(https?|wss?):\/\//i.test(text) && URL.canParse(text)) return text;
  throw configErrors.badBrowser({ place: origin.place, value: text });
};

/** Reads a Postgres address; empty is null: the SQLite file in the data folder. */
export const database: ValueReader<string | null> = (text, { place }) => {
  if (text === '') return null;
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text;
  throw configErrors.badDatabase({ place, value: text.replace(/\/\/[^@/]*@/, '//…@') });
};

const unitsMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Reads a duration as milliseconds; a bare number is seconds. */
export function duration(least: string, most: string): ValueReader<number> {
  const parse = (text: string): number => {
    const [, amount = 'NaN', unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text) ?? [];
    return Math.round(Number(amount) * unitsMs[unit]!);
  };
  return (text, { place }) => {
    const ms = parse(text);
    if (ms >= parse(least) && ms <= parse(most)) return ms;
    throw configErrors.badDuration({ place, value: text, least, most });
  };
}

const unitsBytes: Record<string, number> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};

/** Reads a size as bytes; a bare number is bytes. */
export function size(least: string, most: string): ValueReader<number> {
  const parse = (text: string): number => {
    const [, amount = 'NaN', unit = 'b'] = /^(\d+(?:\.\d+)?)\s*([kmg]i?b|b)?$/i.exec(text) ?? [];
    return Math.round(Number(amount) * unitsBytes[unit.toLowerCase()]!);
  };
  return (text, { place }) => {
    const bytes = parse(text);
    if (bytes >= parse(least) && bytes <= parse(most)) return bytes;
    throw configErrors.badSize({ place, value: text, least, most });
  };
}

/** Reads a whole number within bounds. */
export function count(least: number, most: number): ValueReader<number> {
  return (text, { place }) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw configErrors.badCount({ place, value: text, least, most });
  };
}

/** Reads a web origin in the form that browsers send; empty is null. */
export const origin: ValueReader<string | null> = (text, { place }) => {
  if (text === '') return null;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const bare = url !== undefined && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href;
  if (!bare) throw configErrors.badOrigin({ place, value: text });
  return url.origin;
};

/** Reads one of a few words. */
export function choice<const T extends string>(...choices: readonly T[]): ValueReader<T> {
  return (text, { place }) => {
    const chosen = choices.find((word) => word.toLowerCase() === text.toLowerCase());
    if (chosen !== undefined) return chosen;
    throw configErrors.badChoice({ place, value: text, choices: choices.join(', ') });
  };
}
