import { registryOf } from '../derive/images.ts';
import { planErrors } from '../errors.ts';
import type { Plan } from '../model.ts';

/** What goes into the files of a plan besides the plan: the bytes of the files that it names, and what the bastion has. */
export interface RenderInputs {
  /** JSON with `auths`. */
  readonly pullSecret: string;
  /** A line of `authorized_keys`. */
  readonly sshKey: string;
  /** PEM of the authorities that nodes have to trust; undefined where their own suffice. */
  readonly trustBundle?: string;
  /** Puts the registry's login into the pull secret, in place of one that is there. */
  readonly registryLogin?: { readonly user: string; readonly password: string };
  /** The certificate of a rendered registry with its key, as PEM. */
  readonly registryIdentity?: { readonly cert: string; readonly key: string };
}

/** The pull secret on one line, with the login of the plan's registry; throws `plan.badPullSecret` without a word of it. */
export function mergedPullSecret(plan: Plan, { pullSecret, registryLogin }: RenderInputs): string {
  const host = registryOf(plan);
  let value: unknown;
  try {
    value = JSON.parse(pullSecret);
  } catch {
    // The parser's own message quotes what it read.
    throw planErrors.badPullSecret({ fault: 'it is no JSON' });
  }
  if (!isRecord(value) || !isRecord(value.auths))
    throw planErrors.badPullSecret({ fault: 'it has no "auths"' });
  const auths = { ...value.auths };
  if (registryLogin) {
    const auth = Buffer.from(`${registryLogin.user}:${registryLogin.password}`).toString('base64');
    auths[host] = { auth };
  }
  if (!isRecord(auths[host])) throw planErrors.badPullSecret({ fault: `it has no login for "${host}"` });
  return JSON.stringify({ ...value, auths });
}

/** The key as one line; throws `plan.badSshKey` for a private key, or for anything else that is no line of `authorized_keys`. */
export function sshKeyLine({ sshKey }: RenderInputs): string {
  const line = sshKey.trim();
  if (!/^(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[\w@.-]+ [A-Za-z0-9+/]+={0,3}(?: [^\p{Cc}]*)?$/u.test(line))
    throw planErrors.badSshKey();
  return line;
}

/** The authorities, one certificate after the other and nothing else; throws `plan.badTrustBundle`. */
export function trustBundleText({ trustBundle }: RenderInputs): string | undefined {
  if (trustBundle === undefined) return undefined;
  if (/PRIVATE KEY/.test(trustBundle)) throw planErrors.badTrustBundle({ fault: 'it holds a private key' });
  const blocks = trustBundle.match(
    /-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----/g,
  );
  if (!blocks) throw planErrors.badTrustBundle({ fault: 'there is no certificate in it' });
  return blocks.map((block) => `${block.replaceAll('\r', '')}\n`).join('');
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
