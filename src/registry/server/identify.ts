import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/index.ts';
import { type Robots, robotSecretPrefix } from '../access/robots.ts';
import type { Identity } from '../types.ts';

/** What a request says about who sends it. */
export interface Claim {
  readonly authorization: string | undefined;
  /** The address that it comes from. */
  readonly address: string;
  /** True where it came from this machine to a loopback name. */
  readonly local: boolean;
}

/** Who sends a request; undefined where the name, password or secret is not right. */
export type Identify = (claim: Claim) => Promise<Identity | undefined>;

/** Checks a user's password; undefined where it is not right. May throw where somebody guesses. */
export type CheckPassword = (credentials: {
  name: string;
  password: string;
  address: string;
}) => Promise<{ readonly name: string } | undefined>;

export interface IdentifyDeps {
  readonly robots: Robots;
  readonly checkPassword: CheckPassword;
  readonly clock: Clock;
}

/** A pull is dozens of requests, and a password is slow to check; one that was right is not asked again for so long. */
const trustedMs = 30_000;
const mostTrusted = 1_000;

/** Reads Basic credentials (RFC 7617) of robots and users; no credentials, or empty ones, are anonymous. */
export function createIdentify({ robots, checkPassword, clock }: IdentifyDeps): Identify {
  const key = randomBytes(32);
  const trusted = new Map<string, { readonly name: string; readonly until: number }>();

  const userOf = async (name: string, password: string, address: string): Promise<Identity | undefined> => {
    const mark = createHmac('sha256', key).update(`${name}\0${password}`).digest('base64');
    const known = trusted.get(mark);
    if (known && known.until > clock.now()) return { kind: 'user', name: known.name };
    trusted.delete(mark);
    const user = await checkPassword({ name, password, address });
    if (!user) return undefined;
    for (const oldest of trusted.keys()) {
      if (trusted.size < mostTrusted) break;
      trusted.delete(oldest);
    }
    trusted.set(mark, { name: user.name, until: clock.now() + trustedMs });
    return { kind: 'user', name: user.name };
  };

  return async ({ authorization, address, local }) => {
    if (authorization === undefined) return { kind: 'anonymous', local };
    const encoded = /^basic +([a-z0-9+/=_-]*)$/i.exec(authorization)?.[1];
    if (encoded === undefined) return undefined;
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const name = text.slice(0, Math.max(colon, 0));
    const secret = text.slice(colon + 1);
    if (colon < 0) return undefined;
    // Clients that have no credentials send empty ones where they saw a challenge.
    if (name === '' && secret === '') return { kind: 'anonymous', local };
    if (!secret.startsWith(robotSecretPrefix)) return userOf(name, secret, address);
    const robot = await robots.find(name, secret);
    return robot && { kind: 'robot', name: robot.name, rights: robot.rights };
  };
}
