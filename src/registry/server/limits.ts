/** What one client may take of the server; sizes in bytes, times in milliseconds. */
export interface Limits {
  /** distribution-spec "Pushing Manifests" asks for at least 4 MiB. */
  readonly manifestBytes: number;
  /** All headers of a request together. */
  readonly headerBytes: number;
  readonly headersMs: number;
  /** How long a body may pause. */
  readonly stallMs: number;
  /** How long a client may take to receive one piece of a blob. */
  readonly receiveMs: number;
  /** How long a manifest may take to come in. */
  readonly manifestMs: number;
  readonly connections: number;
  /** Bodies that are written at the same time; others wait. */
  readonly uploadsAtOnce: number;
  /** Uploads that were begun and not ended. */
  readonly uploadsOpen: number;
}

export const usualLimits: Limits = {
  manifestBytes: 4 * 1024 * 1024,
  headerBytes: 32 * 1024,
  headersMs: 15_000,
  stallMs: 60_000,
  receiveMs: 300_000,
  manifestMs: 60_000,
  connections: 1_000,
  uploadsAtOnce: 16,
  uploadsOpen: 500,
};
