import { parse } from 'yaml';

const hidden = '[hidden]';
/** Shorter ones would hide ordinary words. */
const shortest = 6;
const keyBlock = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const named = /\b(password|passwd|token|auth|pullSecret)(["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,}]+)/gi;

/** Makes what takes secrets out of a text: those given, in any of the ways a log may write them, and what is named as one. */
export function createRedactor(secrets: Iterable<string>): (text: string) => string {
  const forms = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < shortest) continue;
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
      forms.add(form);
    forms.add(JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1));
  }
  // A secret may be part of another.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) => {
    let rest = text;
    for (const form of ordered) rest = rest.replaceAll(form, hidden);
    return rest.replace(keyBlock, hidden).replace(named, `$1$2${hidden}`);
  };
}

/** The secrets of an install-config.yaml: the pull secret, each of its logins, and their passwords. */
export function secretsOf(installConfig: string): readonly string[] {
  const config: unknown = parse(installConfig, { maxAliasCount: 0 });
  if (typeof config !== 'object' || config === null) return [];
  const { pullSecret, proxy } = config as { pullSecret?: unknown; proxy?: Record<string, unknown> };
  const proxies = Object.values(proxy ?? {}).flatMap((url) => passwordOfUrl(String(url)));
  if (typeof pullSecret !== 'string') return proxies;
  return [...new Set([pullSecret, ...proxies, ...loginsOf(pullSecret)])];
}

function loginsOf(pullSecret: string): readonly string[] {
  try {
    const { auths } = JSON.parse(pullSecret) as { auths?: Record<string, Record<string, unknown>> };
    return Object.values(auths ?? {}).flatMap((login) =>
      ['auth', 'password', 'identitytoken', 'registrytoken'].flatMap((name) => {
        const value = login[name];
        if (typeof value !== 'string') return [];
        const decoded = name === 'auth' ? Buffer.from(value, 'base64').toString() : '';
        const colon = decoded.indexOf(':');
        return [value, ...(colon > 0 ? [decoded, decoded.slice(colon + 1)] : [])];
      }),
    );
  } catch {
    return [];
  }
}

function passwordOfUrl(text: string): readonly string[] {
  const password = URL.parse(text)?.password;
  return password ? [password, decodeURIComponent(password)] : [];
}
