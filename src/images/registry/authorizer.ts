import type { Clock, HttpTransport } from '../../kernel/index.ts';
import type { Credential, Credentials } from '../credentials/credentials.ts';
import { imagesErrors } from '../errors.ts';
import { parseChallenges } from './challenge.ts';
import { basicHeader, fetchToken, type Realm, type Token } from './token-service.ts';

/** What a request is allowed to do where it is sent. */
export interface Access {
  readonly repository: string;
  /** As `repository:a/b:pull,push`, in the order in which they are asked for. */
  readonly scopes: readonly string[];
}

export interface AuthorizerOptions {
  readonly host: string;
  readonly transport: HttpTransport;
  readonly credentials: Credentials;
  readonly plainHttp: boolean;
  readonly stallMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
}

/** Logs in to one registry, by Basic or Bearer; tokens are kept for the scopes that they were given for. */
export interface Authorizer {
  /** The `Authorization` header; undefined where the registry has not asked for one. */
  header(access: Access): Promise<string | undefined>;
  /** Learns from an answer of 401 to a request with the header `used`; true where asking again makes sense. */
  learn(challenge: string, access: Access, used: string | undefined): boolean;
}

/** A token that was asked for; `token` once it is there. */
interface Asked {
  readonly promise: Promise<Token>;
  token: Token | undefined;
}

type Scheme = { readonly kind: 'basic' } | { readonly kind: 'bearer'; readonly realm: Realm };

export function createAuthorizer(options: AuthorizerOptions): Authorizer {
  const { host, credentials, plainHttp, clock } = options;
  let scheme: Scheme | undefined;
  const tokens = new Map<string, Asked>();
  /** Scopes that the registry wanted on top of ours, by ours. */
  const wanted = new Map<string, ReadonlySet<string>>();
  const keyOf = (access: Access) => access.scopes.join(' ');

  const tokenFor = (access: Access, realm: Realm): Promise<Token> => {
    const key = keyOf(access);
    const kept = tokens.get(key);
    if (kept && (kept.token === undefined || kept.token.expiresAt > clock.now())) return kept.promise;
    const { repository } = access;
    const scopes = [...new Set([...access.scopes, ...(wanted.get(key) ?? [])])];
    const credential = credentials.find(host, repository);
    const asked: Asked = {
      promise: fetchToken({ ...options, repository, realm, scopes, credential }),
      token: undefined,
    };
    tokens.set(key, asked);
    asked.promise.then(
      (token) => {
        asked.token = token;
      },
      () => {
        if (tokens.get(key) === asked) tokens.delete(key);
      },
    );
    return asked.promise;
  };

  return {
    async header(access) {
      if (scheme?.kind === 'basic') return loginHeader(credentials.find(host, access.repository));
      return scheme && (await tokenFor(access, scheme.realm)).header;
    },

    learn(challenge, access, used) {
      const challenges = parseChallenges(challenge);
      const bearer = challenges.find(({ scheme, params }) => scheme === 'bearer' && params.has('realm'));
      if (bearer) {
        scheme = { kind: 'bearer', realm: realmOf(bearer.params, host, access.repository, plainHttp) };
        const key = keyOf(access);
        wanted.set(key, new Set(bearer.params.get('scope')?.split(' ').filter(Boolean)));
        const kept = tokens.get(key);
        // Another request may have been given a newer one meanwhile.
        if (kept && used !== undefined && (kept.token?.header ?? used) === used) tokens.delete(key);
        return true;
      }
      const login = loginHeader(credentials.find(host, access.repository));
      if (!challenges.some(({ scheme }) => scheme === 'basic') || login === undefined || login === used)
        return false;
      scheme = { kind: 'basic' };
      return true;
    },
  };
}

function loginHeader(credential: Credential | undefined): string | undefined {
  return credential && 'username' in credential
    ? basicHeader(credential.username, credential.password)
    : undefined;
}

/** Credentials go to the realm: over TLS, or where plain HTTP was asked for. */
function realmOf(
  params: ReadonlyMap<string, string>,
  host: string,
  repository: string,
  plainHttp: boolean,
): Realm {
  const text = params.get('realm')!;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'http:' && !plainHttp)
    throw imagesErrors.denied({
      host,
      repository,
      detail: `its token service "${url.host}" does not use TLS, so that no login is sent there`,
    });
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    throw imagesErrors.badAnswer({ host, detail: `its token service "${text.slice(0, 200)}" is no address` });
  return { url, service: params.get('service') };
}
