import { argon2 as argon2Callback, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { authErrors } from './errors.ts';

const argon2 = promisify(argon2Callback);

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const cost: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const tagBytes = 32;

/** Limits against a stored hash that would take all memory. */
const costLimit: Cost = { memory: 1_048_576, passes: 16, parallelism: 16 };

export const passwordLimits = { min: 10, max: 500 } as const;

/** Throws `auth.badPassword` for a password that is too short, too long or the name itself. */
export function checkPassword(password: string, name: string): void {
  const length = [...password].length;
  const { min, max } = passwordLimits;
  if (length < min || length > max || password.toLowerCase() === name.toLowerCase())
    throw authErrors.badPassword({ min, max });
}

/** Hashes a password with argon2id; gives a PHC string. Unicode is brought to one form (NFKC) first. */
export async function hashPassword(
  password: string,
  salt: Uint8Array = randomBytes(saltBytes),
): Promise<string> {
  return toPhc(salt, await tagOf(password, salt, cost, tagBytes));
}

/** A hash that no password makes: an unknown user's is checked against it, so that it costs the same. */
export const decoyHash = toPhc(randomBytes(saltBytes), randomBytes(tagBytes));

/** True where the password made the hash, compared in constant time; undefined where `phc` is not an argon2id hash. */
export async function verifyPassword(password: string, phc: string): Promise<boolean | undefined> {
  const parsed = parsePhc(phc);
  if (!parsed) return undefined;
  const tag = await tagOf(password, parsed.salt, parsed.cost, parsed.tag.length);
  return timingSafeEqual(tag, parsed.tag);
}

/** True where the hash was made with other costs than today's. */
export function isOutdated(phc: string): boolean {
  const parsed = parsePhc(phc);
  return (
    parsed === undefined ||
    parsed.cost.memory !== cost.memory ||
    parsed.cost.passes !== cost.passes ||
    parsed.cost.parallelism !== cost.parallelism
  );
}

function tagOf(
  password: string,
  nonce: Uint8Array,
  { memory, passes, parallelism }: Cost,
  tagLength: number,
) {
  const message = Buffer.from(password.normalize('NFKC'));
  return argon2('argon2id', { message, nonce, memory, passes, parallelism, tagLength });
}

const phcPattern =
  /^\$argon2id\$v=19\$m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/;

function parsePhc(phc: string): { cost: Cost; salt: Buffer; tag: Buffer } | undefined {
  const [, memory, passes, parallelism, salt, tag] = phcPattern.exec(phc) ?? [];
  if (salt === undefined || tag === undefined) return undefined;
  const parsed: Cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  for (const key of ['memory', 'passes', 'parallelism'] as const)
    if (parsed[key] < 1 || parsed[key] > costLimit[key]) return undefined;
  if (parsed.memory < 8 * parsed.parallelism) return undefined;
  return { cost: parsed, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
}

function toPhc(salt: Uint8Array, tag: Uint8Array): string {
  // PHC strings have base 64 without padding.
  const encode = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${encode(salt)}$${encode(tag)}`;
}
