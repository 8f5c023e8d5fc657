import type { Clock, HttpTransport } from '../../kernel/index.ts';
import type { Credential } from '../credentials/credentials.ts';
import { imagesErrors } from '../errors.ts';
import { readBody, refusalOf } from './answers.ts';
import { brokenLine } from './faults.ts';

/** Where a registry's tokens come from. */
export interface Realm {
  readonly url: URL;
  readonly service: string | undefined;
}

export interface Token {
  readonly header: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

export interface TokenRequest {
  readonly transport: HttpTransport;
  readonly host: string;
  readonly repository: string;
  readonly realm: Realm;
  readonly scopes: readonly string[];
  readonly credential: Credential | undefined;
  readonly clock: Clock;
  readonly stallMs: number;
  readonly signal: AbortSignal | undefined;
}

const maxTokenBytes = 1024 * 1024;
const defaultSeconds = 60;

/**
 * Asks a token service for a token (distribution "Token Authentication Specification", and its OAuth 2 form for identity
 * tokens). Throws `images.denied`, `images.badAnswer`, or what `refusalOf` and `brokenLine` give.
 */
export async function fetchToken(request: TokenRequest): Promise<Token> {
  const { transport, host, repository, clock, stallMs, signal } = request;
  const answer = await transport
    .send({ ...messageOf(request), stallMs, ...(signal && { signal }) })
    .catch((error: unknown) => {
      signal?.throwIfAborted();
      throw brokenLine(request.realm.url.host, error);
    });
  const path = request.realm.url.pathname;
  if (answer.status >= 400)
    throw await refusalOf(answer, { host: request.realm.url.host, repository, method: 'GET', path });
  if (answer.status !== 200) {
    answer.discard();
    throw imagesErrors.badAnswer({ host, detail: `its token service answered ${answer.status}` });
  }
  const { token, seconds } = tokenIn(await readBody(answer, maxTokenBytes, host), host);
  // Early, so that none expires on its way.
  return { header: `Bearer ${token}`, expiresAt: clock.now() + seconds * 900 };
}

function messageOf({ realm, scopes, credential }: TokenRequest) {
  const url = new URL(realm.url);
  const headers = { accept: 'application/json', 'user-agent': 'holdfast' };
  if (credential && 'identityToken' in credential) {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'holdfast',
      refresh_token: credential.identityToken,
      scope: scopes.join(' '),
      ...(realm.service !== undefined && { service: realm.service }),
    });
    const body = Buffer.from(form.toString());
    const about = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(body.length),
    };
    return { method: 'POST', url, headers: { ...headers, ...about }, body } as const;
  }
  if (realm.service !== undefined) url.searchParams.set('service', realm.service);
  for (const scope of scopes) url.searchParams.append('scope', scope);
  const login = credential && { authorization: basicHeader(credential.username, credential.password) };
  return { method: 'GET', url, headers: { ...headers, ...login } } as const;
}

function tokenIn(bytes: Uint8Array, host: string): { token: string; seconds: number } {
  try {
    const answer = JSON.parse(new TextDecoder().decode(bytes));
    const token: unknown = answer.token || answer.access_token;
    if (typeof token === 'string' && /^[\x21-\x7e]+$/.test(token)) {
      const seconds = Number.isSafeInteger(answer.expires_in) ? answer.expires_in : defaultSeconds;
      return { token, seconds: Math.max(1, seconds) };
    }
  } catch {}
  throw imagesErrors.badAnswer({ host, detail: 'its token service gave no token' });
}

/** The `Authorization` header of a login (RFC 7617). */
export function basicHeader(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
