/** What one client may take of the service; times in milliseconds. */
export interface Limits {
  readonly headerBytes: number;
  readonly headersMs: number;
  /** How long a request with its body, which nobody reads, may take to come in. */
  readonly requestMs: number;
  /** How long a client may take to receive one piece of at most 1 MiB; a connection over which nothing goes for so long ends. */
  readonly receiveMs: number;
  readonly keepAliveMs: number;
  readonly connections: number;
  /** Of one address; a machine needs a few, and those behind an address translation share it. */
  readonly connectionsPerClient: number;
  /** Ranges in one request; more give the whole file (RFC 9110 14.2). */
  readonly ranges: number;
  /** Fetches that ended and are remembered. */
  readonly remembered: number;
}

export const usualLimits: Limits = {
  headerBytes: 16 * 1024,
  headersMs: 15_000,
  requestMs: 30_000,
  receiveMs: 120_000,
  keepAliveMs: 30_000,
  connections: 1_000,
  connectionsPerClient: 128,
  ranges: 16,
  remembered: 1_000,
};
