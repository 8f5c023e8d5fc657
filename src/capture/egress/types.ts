import type { HttpTransport } from '../../kernel/index.ts';

/** What the operator allows and forbids beyond the public internet. */
export interface EgressPolicy {
  /** CIDR ranges that may be reached although they are private, loopback or otherwise refused. */
  readonly allow: readonly string[];
  /** `host:port` of our own servers (literal addresses): never reached, whatever is allowed. */
  readonly never: readonly string[];
}

/** Why an address was refused; a reason per kind of range. */
export type RefusalReason =
  | 'loopback'
  | 'private'
  | 'link-local'
  | 'carrier-grade-nat'
  | 'metadata'
  | 'unspecified'
  | 'multicast'
  | 'reserved'
  | 'own-service'
  | 'scheme'
  | 'port'
  | 'unresolvable';

export interface Refusal {
  /** The URL or `host:port` that was asked for. */
  readonly target: string;
  /** The address that it resolved to, where it did. */
  readonly address?: string;
  readonly reason: RefusalReason;
}

/** A destination that was resolved once and may be connected to, at `address` and nowhere else. */
export interface PinnedTarget {
  readonly host: string;
  readonly port: number;
  readonly address: string;
  readonly family: 4 | 6;
  /** Further addresses of the same answer, judged as well, for when the first cannot be reached. */
  readonly others?: readonly string[];
}

/** The one way out: everything that capture sends goes through it. */
export interface EgressGuard {
  /** Resolves and judges; throws `capture.refusedAddress` (details: target, address, reason), `capture.refusedPort` or `capture.unresolvable`. */
  resolve(host: string, port: number): Promise<PinnedTarget>;
  /** Reads a link's URL by the WHATWG parser; throws `capture.refusedScheme` for anything but http and https, `capture.badUrl` for what is no URL. */
  checkUrl(url: string): URL;
  /** A forward proxy of its own for one capture, on a loopback port. */
  openProxy(limits: ProxyLimits): Promise<EgressProxy>;
  /** A GET through the guard, each redirect judged anew; no cookies kept. */
  fetch(url: string, options?: GuardedFetchOptions): Promise<GuardedResponse>;
  /**
   * Any request through the guard: each connection resolved, judged and pinned, kept and used again. `ca`: authorities (PEM)
   * to trust besides the known ones; throws `capture.badAuthority`. An answer that does not come or breaks off is an error of
   * kind `denied` or `unavailable`; a certificate that is not trusted, wrong, or none at all says so with its own code.
   */
  transport(options?: { readonly ca?: string }): HttpTransport;
}

export interface ProxyLimits {
  /** The most that all responses may bring; then every connection is cut. */
  readonly maxBytes: number;
  /** The most connections open at a time. */
  readonly maxConnections?: number;
}

export interface EgressProxy {
  /** For `--proxy-server`: `http://127.0.0.1:<port>`. */
  readonly address: string;
  /** What was refused so far, oldest first, at most 1000. */
  readonly refusals: readonly Refusal[];
  /** Bytes received from outside so far. */
  readonly receivedBytes: number;
  /** True once the byte cap cut it off. */
  readonly capped: boolean;
  /**
   * Brings every answer to an end of which no byte came for `idleMs` (0: all): one that has begun ends as if it were
   * whole (of plain http:; a tunnel is cut), one that has not becomes a failure.
   */
  endIdle(idleMs: number): void;
  /** Cuts every connection. */
  close(): Promise<void>;
}

export interface GuardedFetchOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly maxRedirects?: number;
  readonly signal?: AbortSignal;
}

export interface GuardedResponse {
  readonly url: string;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: AsyncIterable<Uint8Array>;
}
