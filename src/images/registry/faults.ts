import { errorText, HoldfastError } from '../../kernel/index.ts';
import { imagesErrors } from '../errors.ts';

const notTls =
  /^(?:EPROTO|ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL|RECORD_LAYER_FAILURE))$/;
const notTrusted =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH|INVALID_CA)$/;

/** Where no answer came, or the middle of one broke off: why, as an error that names the host. */
export function brokenLine(host: string, error: unknown): HoldfastError {
  if (error instanceof HoldfastError && error.code.startsWith('images.')) return error;
  const details = { host, detail: errorText(error).slice(0, 300) };
  const codes = codesIn(error);
  if (codes.some((code) => notTls.test(code))) return imagesErrors.plainOnly(details, { cause: error });
  if (codes.some((code) => notTrusted.test(code))) return imagesErrors.untrusted(details, { cause: error });
  if (error instanceof HoldfastError && error.kind !== 'unavailable') return error;
  return imagesErrors.unreachable(details, { cause: error });
}

function codesIn(error: unknown): string[] {
  const codes: string[] = [];
  let each: unknown = error;
  for (let depth = 0; depth < 8 && each instanceof Error; depth++) {
    if ('code' in each && typeof each.code === 'string') codes.push(each.code);
    each = each.cause;
  }
  return codes;
}
