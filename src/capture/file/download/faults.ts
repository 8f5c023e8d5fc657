import { HoldfastError } from '../../../kernel/index.ts';

/** A fault that may be gone at the next try. */
export class Transient extends Error {
  override readonly name = 'Transient';
  /** What the server asked to be left alone for, if it did. */
  readonly askedMs: number | undefined;
  /** True where the server has enough requests for now. */
  readonly crowded: boolean;

  constructor(message: string, options: { askedMs?: number | undefined; crowded?: boolean } = {}) {
    super(message);
    this.askedMs = options.askedMs;
    this.crowded = options.crowded ?? false;
  }
}

/** The file at the server is another one than that of which bytes lie here. */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged';
}

/** The server's answers to ranges are not to be relied on. */
export class RangesBroken extends Error {
  override readonly name = 'RangesBroken';
}

/** The server answered, and not with the file. */
export class NotTheFile extends Error {
  override readonly name = 'NotTheFile';
  readonly status: number;

  constructor(status: number) {
    super(`the server answered with status ${status}`);
    this.status = status;
  }
}

const certificateCodes = new Set([
  'capture.unknownAuthority',
  'capture.wrongCertificate',
  'capture.notTls',
  'capture.tooManyRedirects',
]);

/** True for an error of the connection that may be gone at the next try. */
export function isTransient(error: unknown): error is Transient | HoldfastError {
  if (error instanceof Transient) return true;
  if (!(error instanceof HoldfastError) || error.kind !== 'unavailable') return false;
  return error.code.startsWith('capture.') && !certificateCodes.has(error.code);
}
