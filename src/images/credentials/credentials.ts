import { imagesErrors } from '../errors.ts';
import { hostOf, keyOf, parseAuths } from './parse-auths.ts';

/** A login. It shows itself as `[hidden]` wherever it is printed or written as JSON. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** A token that a registry's token service gave out (Docker's `identitytoken`, an OAuth 2 refresh token); hidden likewise. */
export interface IdentityToken {
  readonly identityToken: string;
}

export type Credential = Login | IdentityToken;

/** Logins for registries. */
export interface Credentials {
  /**
   * The credential for a repository: of its longest path that has one, then of its host; undefined where there is none.
   * Throws `images.credentialHelper` where a helper program keeps it.
   */
  find(host: string, repository: string): Credential | undefined;
}

/** No logins at all. */
export const noCredentials: Credentials = { find: () => undefined };

/**
 * Reads a pull secret or a Docker or Podman configuration (containers-auth.json(5)); `place` names it in errors. Throws
 * `images.badCredentials` with what is wrong, without any of its secrets.
 */
export function parseCredentials(text: string, place: string): Credentials {
  const { logins, helpers, store } = parseAuths(text, place);
  return {
    find(host, repository) {
      const helper = helpers.get(hostOf(host));
      if (helper !== undefined) throw imagesErrors.credentialHelper({ place, helper });
      for (const key of keysFor(host, repository)) {
        if (!logins.has(key)) continue;
        const login = logins.get(key);
        if (login === undefined && store !== undefined)
          throw imagesErrors.credentialHelper({ place, helper: store });
        return login;
      }
      return undefined;
    },
  };
}

/** `host/a/b/c`, `host/a/b`, `host/a`, `host`: as containers-auth.json(5) looks them up. */
function* keysFor(host: string, repository: string): Generator<string> {
  const parts = repository.split('/');
  for (let length = parts.length; length > 0; length--)
    yield keyOf(`${host}/${parts.slice(0, length).join('/')}`);
  yield keyOf(host);
}
