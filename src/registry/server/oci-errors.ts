import { type ErrorKind, HoldfastError } from '../../kernel/index.ts';

/** How an error is told to a client: the status, and a code of the distribution spec ("Error Codes"). */
export interface OciError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const known: Readonly<Record<string, readonly [status: number, code: string]>> = {
  'registry.badName': [400, 'NAME_INVALID'],
  'registry.noRepository': [404, 'NAME_UNKNOWN'],
  'registry.badTag': [400, 'MANIFEST_INVALID'],
  'registry.badDigest': [400, 'DIGEST_INVALID'],
  'registry.wrongDigest': [400, 'DIGEST_INVALID'],
  'registry.noManifest': [404, 'MANIFEST_UNKNOWN'],
  'registry.badManifest': [400, 'MANIFEST_INVALID'],
  'registry.manifestTooLarge': [413, 'SIZE_INVALID'],
  'registry.missingPart': [404, 'MANIFEST_BLOB_UNKNOWN'],
  'registry.noBlob': [404, 'BLOB_UNKNOWN'],
  'registry.blobInUse': [405, 'UNSUPPORTED'],
  'registry.noUpload': [404, 'BLOB_UPLOAD_UNKNOWN'],
  'registry.wrongRange': [416, 'BLOB_UPLOAD_INVALID'],
  'registry.wrongSize': [400, 'SIZE_INVALID'],
  'registry.uploadBusy': [409, 'BLOB_UPLOAD_INVALID'],
  'registry.tooBusy': [429, 'TOOMANYREQUESTS'],
  'registry.quota': [413, 'DENIED'],
  'registry.unauthorized': [401, 'UNAUTHORIZED'],
  'registry.badPage': [400, 'PAGINATION_NUMBER_INVALID'],
  'registry.badRange': [416, 'SIZE_INVALID'],
  'registry.badMethod': [405, 'UNSUPPORTED'],
  'registry.stalled': [408, 'BLOB_UPLOAD_INVALID'],
  'images.unsupportedManifest': [400, 'MANIFEST_INVALID'],
  'images.malformedManifest': [400, 'MANIFEST_INVALID'],
  'store.mismatch': [400, 'DIGEST_INVALID'],
  'store.partialBusy': [409, 'BLOB_UPLOAD_INVALID'],
  'store.full': [507, 'UNKNOWN'],
  'auth.throttled': [429, 'TOOMANYREQUESTS'],
};

const byKind: Readonly<Record<ErrorKind, readonly [status: number, code: string]>> = {
  invalid: [400, 'UNKNOWN'],
  notFound: [404, 'UNKNOWN'],
  conflict: [409, 'UNKNOWN'],
  denied: [403, 'DENIED'],
  unsupported: [405, 'UNSUPPORTED'],
  unavailable: [503, 'UNKNOWN'],
  corrupt: [500, 'UNKNOWN'],
  cancelled: [503, 'UNKNOWN'],
};

/** What a client is told of any thrown value; of one that is not ours it learns nothing. */
export function ociErrorOf(error: unknown): OciError {
  if (!(error instanceof HoldfastError))
    return {
      status: 500,
      code: 'UNKNOWN',
      message: 'Something went wrong here; the log of the server says what',
      detail: {},
    };
  const [status, code] = known[error.code] ?? byKind[error.kind];
  const { message, hint, details } = error;
  // Places on this machine are nobody's business.
  if (status >= 500)
    return { status, code, message: 'The store of the registry can not do that just now', detail: {} };
  return { status, code, message: hint === undefined ? message : `${message}. ${hint}`, detail: details };
}

/** The body of an error answer. */
export function errorBody({ code, message, detail }: OciError): string {
  return JSON.stringify({ errors: [{ code, message, detail }] });
}
