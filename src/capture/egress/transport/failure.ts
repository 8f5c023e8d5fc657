import { errorText, HoldfastError } from '../../../kernel/index.ts';
import { captureErrors } from '../../errors.ts';

const authorityCodes = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
]);

/** Turns what became of a connection into one of our errors; the server is named by host and port, since URLs may hold secrets. */
export function failureOf(server: string, error: unknown, answered: boolean): HoldfastError {
  if (error instanceof HoldfastError) return error;
  const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? '');
  const options = { cause: error };
  const detail = errorText(error);
  if (answered) return captureErrors.brokenOff({ server, detail }, options);
  if (authorityCodes.has(code)) return captureErrors.unknownAuthority({ server, detail }, options);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code.startsWith('CERT_'))
    return captureErrors.wrongCertificate({ server, detail }, options);
  // OpenSSL read something that is no TLS record: most often the text of a plain server.
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    const reason = (error as { reason?: unknown }).reason;
    return captureErrors.notTls({ server, detail: typeof reason === 'string' ? reason : detail }, options);
  }
  return captureErrors.noAnswer({ server, detail }, options);
}

/** True for the end of a connection that the peer closed. */
export function wasClosed(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ECONNRESET' || code === 'EPIPE';
}
