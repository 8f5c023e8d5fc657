import type { Clock, HttpTransport } from '../../kernel/index.ts';
import type { Credentials } from '../credentials/credentials.ts';
import type { ImageSource, ImageTarget } from '../types.ts';

/** Images of `source` (`host[/path]`) are asked of `mirrors` first, in order, then of the source itself. */
export interface MirrorRule {
  readonly source: string;
  readonly mirrors: readonly string[];
}

export interface RegistryOptions {
  readonly transport: HttpTransport;
  readonly credentials?: Credentials;
  /** True to speak plain HTTP, with every registry; credentials are then sent unencrypted. */
  readonly plainHttp?: boolean;
  readonly mirrors?: readonly MirrorRule[];
  /** How long a registry may send nothing; milliseconds, default 60 000. */
  readonly stallMs?: number;
  /** How often something is tried that may succeed later, without any progress between; default 5. */
  readonly attempts?: number;
  /** The first pause between two tries; milliseconds, default 500. Later ones are longer, up to 30 s, and vary. */
  readonly pauseMs?: number;
  /** Ends every request with its reason. */
  readonly signal?: AbortSignal;
  /** Tells when a token has expired. */
  readonly clock?: Clock;
  /** Waits between two tries; ends with the signal's reason. */
  readonly sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** Which repository is meant; a parsed reference is one. */
export interface RepositoryName {
  readonly host: string;
  readonly repository: string;
}

/** Registries that speak the OCI distribution protocol (distribution-spec 1.1). */
export interface Registry {
  /** A repository to read from. */
  source(repository: RepositoryName): ImageSource;
  /** A repository to write to. */
  target(repository: RepositoryName): ImageTarget;
}
