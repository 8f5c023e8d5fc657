import { inspect } from 'node:util';
import { imagesErrors } from '../errors.ts';
import type { Credential } from './credentials.ts';

export interface Auths {
  /** By host or `host/path`; undefined for an entry that says nothing itself. */
  readonly logins: ReadonlyMap<string, Credential | undefined>;
  /** The helper program of a host (`credHelpers`). */
  readonly helpers: ReadonlyMap<string, string>;
  /** The helper program that keeps what an entry does not say itself (`credsStore`). */
  readonly store: string | undefined;
}

const maxTextLength = 4 * 1024 * 1024;
type Fields = Readonly<Record<string, unknown>>;

/** Reads what containers-auth.json(5) and Docker's config.json have in common; throws `images.badCredentials`. */
export function parseAuths(text: string, place: string): Auths {
  const fail = (fault: string) => imagesErrors.badCredentials({ place, fault });
  if (text.length > maxTextLength) throw fail('it is larger than 4 MiB');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The parser's own message would quote a part of the secret.
    throw fail('it is not JSON');
  }
  const value = fieldsOf(parsed);
  if (!value) throw fail('it is not a JSON object');
  const auths = value.auths === undefined ? {} : fieldsOf(value.auths);
  if (!auths) throw fail('"auths" is not an object');
  const store = value.credsStore || undefined;
  const helpers = fieldsOf(value.credHelpers ?? {});
  if (!helpers || (store !== undefined && typeof store !== 'string'))
    throw fail('"credHelpers" or "credsStore" is malformed');
  if (value.auths === undefined && store === undefined && Object.keys(helpers).length === 0)
    throw fail('it has no "auths"');
  return {
    logins: new Map(
      Object.entries(auths).map(([key, entry]) => [keyOf(key), credentialOf(key, entry, fail)]),
    ),
    helpers: new Map(Object.entries(helpers).map(([host, name]) => [hostOf(host), String(name)])),
    store,
  };
}

/** A key as it is looked up: without scheme, Docker's path `/v1/` or `/v2/` and trailing slash, Docker Hub under one name. */
export function keyOf(key: string): string {
  const bare = key.replace(/^https?:\/\//, '');
  const [host = '', ...path] = bare.split('/').filter((part) => part !== '');
  const isLegacy = bare !== key || /^v[12]$/.test(path[0] ?? '');
  return [hostOf(host), ...(isLegacy ? [] : path)].join('/');
}

/** A host as it is looked up. */
export function hostOf(host: string): string {
  const lower = host.toLowerCase();
  return lower === 'index.docker.io' || lower === 'registry-1.docker.io' ? 'docker.io' : lower;
}

function credentialOf(key: string, value: unknown, fail: (fault: string) => Error): Credential | undefined {
  const entry = fieldsOf(value);
  if (!entry) throw fail(`the entry of "${key}" is not an object`);
  const { auth, username, password, identitytoken } = entry;
  if (typeof identitytoken === 'string' && identitytoken !== '')
    return hidden({ identityToken: identitytoken });
  if (typeof auth === 'string' && auth !== '') {
    const login = /^[A-Za-z0-9+/\s]+=*\s*$/.test(auth) ? Buffer.from(auth, 'base64').toString('utf8') : '';
    const colon = login.indexOf(':');
    if (colon < 1) throw fail(`"auth" of "${key}" is not base64 of user:password`);
    return hidden({
      username: login.slice(0, colon),
      password: login.slice(colon + 1).replace(/\0+$/, ''),
    });
  }
  if (typeof username === 'string' && username !== '' && typeof password === 'string')
    return hidden({ username, password });
  if (auth !== undefined && typeof auth !== 'string') throw fail(`"auth" of "${key}" is not a text`);
  return undefined;
}

/** The same credential, that no log, error or JSON shows. */
function hidden<T extends Credential>(credential: T): T {
  const shown = () => '[hidden]';
  const secret = Object.entries(credential).map(([name, value]) => [name, { value }]);
  const outside = { toJSON: { value: shown }, [inspect.custom]: { value: shown } };
  return Object.defineProperties({}, { ...Object.fromEntries(secret), ...outside }) as T;
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}
