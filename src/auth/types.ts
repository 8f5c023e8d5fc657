/** What a user is to the server; for now both may do everything. */
export type Role = 'administrator' | 'member';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
}

/** Who a request comes from, and by what it proved that. */
export interface Identity {
  readonly user: User;
  readonly by: 'session' | 'token';
}

/** A session as its owner gets it, once: `secret` goes into the cookie and is stored nowhere. */
export interface OpenedSession {
  readonly user: User;
  readonly secret: string;
  /** What a change made in this session must carry; derived from the secret. */
  readonly csrf: string;
  readonly expiresAt: number;
}

/** An API token as it is listed: never the token itself. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

export interface Credentials {
  readonly name: string;
  readonly password: string;
  /** The address that the attempt comes from, for the throttle. */
  readonly address: string;
}

/** Users, sessions and API tokens. Times are epoch milliseconds. */
export interface Auth {
  /** Resolves to true while there is no user and none was ever made. */
  needsSetup(): Promise<boolean>;
  /** While there is no user: makes sure that the setup code stands in its file, and gives the file's path. */
  prepareSetup(): Promise<string | undefined>;
  /** Makes the administrator; throws `auth.badSetupCode`, `auth.setupDone`, `auth.throttled`. */
  setUp(code: string, credentials: Credentials): Promise<OpenedSession>;
  /** Throws `auth.badCredentials` or `auth.throttled`; an unknown name costs what a wrong password costs. */
  logIn(credentials: Credentials): Promise<OpenedSession>;
  /** Whose password it is, without opening a session; throws as `logIn` does. */
  checkPassword(credentials: Credentials): Promise<User>;
  /** Whose session it is, and moves its end on; undefined where it has ended or never was. */
  findSession(secret: string): Promise<OpenedSession | undefined>;
  /** Ends a session; nothing happens where there is none. */
  logOut(secret: string): Promise<void>;
  /** Whose API token it is; undefined where it was revoked or never was. */
  findTokenUser(token: string): Promise<User | undefined>;
  /** Makes an API token; `token` is shown this once. */
  createToken(userId: string, name: string): Promise<ApiToken & { readonly token: string }>;
  listTokens(userId: string): Promise<readonly ApiToken[]>;
  /** Throws `auth.noToken` where the user has no such token. */
  revokeToken(userId: string, id: string): Promise<void>;
  listUsers(): Promise<readonly User[]>;
  /** Throws `auth.badName`, `auth.badPassword`, `auth.nameTaken`. */
  createUser(user: { name: string; password: string; role: Role }): Promise<User>;
  /** Sets a password and ends every session of the user; throws `auth.noUser`. */
  setPassword(name: string, password: string): Promise<void>;
}
