import { registryOf } from '../../derive/images.ts';
import { planErrors } from '../../errors.ts';
import type { Finding, Path } from '../../issue.ts';
import type { Rule } from '../rule.ts';

const docs = 'modules/installation-adding-registry-pull-secret.adoc';
const path: Path = ['secrets', 'pullSecret'];

/** The `auths` of a pull secret; undefined where it is none. */
function authsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  const value = parsed(text);
  const auths = isObject(value) ? value.auths : undefined;
  return isObject(auths) ? auths : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** True for `{"auth": base64 of name:password}`. */
function isLogin(entry: unknown): boolean {
  if (!isObject(entry) || typeof entry.auth !== 'string') return false;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(entry.auth)) return false;
  return /^[^:]+:./s.test(Buffer.from(entry.auth, 'base64').toString('utf8'));
}

/** Rules on the pull secret; no message has any of it but the hosts that it names. */
export const pullSecretRules: readonly Rule[] = [
  {
    name: 'the pull secret is JSON with auths',
    severity: 'error',
    docs,
    *find({ secrets }) {
      const text = secrets?.pullSecret?.reveal();
      if (text === undefined) return;
      if (parsed(text) === undefined) yield { error: planErrors.pullSecretNotJson(), path };
      else if (!authsOf(text)) yield { error: planErrors.pullSecretShape(), path };
    },
  },
  {
    name: 'the pull secret names the mirror',
    severity: 'error',
    docs,
    *find({ plan, secrets }) {
      const auths = authsOf(secrets?.pullSecret?.reveal() ?? '');
      const host = registryOf(plan);
      if (!auths || Object.hasOwn(auths, host)) return;
      yield { error: planErrors.pullSecretNoMirror({ host }), path, contradicts: ['registry', 'host'] };
    },
  },
  {
    name: 'every login of the pull secret is one',
    severity: 'error',
    docs,
    *find({ secrets }): Iterable<Finding> {
      const auths = authsOf(secrets?.pullSecret?.reveal() ?? '');
      const bad = Object.entries(auths ?? {}).filter(([, entry]) => !isLogin(entry));
      for (const [host] of bad.slice(0, 10))
        yield { error: planErrors.pullSecretBadLogin({ host: shown(host) }), path };
    },
  },
];

/** A key of the pull secret as it may be told: whole where it looks like a host, and not at all where it does not. */
const shown = (key: string) => (/^[\w.-]{1,253}(?::\d{1,5})?(?:\/[\w./-]{0,100})?$/.test(key) ? key : '…');
