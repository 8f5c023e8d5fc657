import type { EvidenceCode } from '../../links/index.ts';

/** What a verdict rests on, in English; `{name}` is filled from the evidence's details. */
export const evidence: Readonly<Record<EvidenceCode, string>> = {
  httpStatus: 'The server answered with status {status}',
  textAndPixels: 'The page showed {characters} characters and {resources} resources',
  noVisibleContent: 'Nothing is to be seen on the page: {characters} characters, one colour',
  timeCap: 'The time limit of {limitMs} ms was reached while {stage}',
  bytesCap: 'The page brought more than {limitBytes} bytes; the rest was cut off',
  domCap: 'The page has more than {limitNodes} elements; the rest was left out',
  scrollCap: 'The page kept growing while it was scrolled; it is kept down to {heightPx} px',
  resourcesMissing: '{missing} of {total} resources are missing',
  pendingRequests: '{count} requests never ended and were left out',
  networkError: 'The page could not be loaded: {error}',
  refusedAddress:
    'The address {address} may not be reached ({reason}); HOLDFAST_EGRESS_ALLOW names the private ranges that may be',
  rendererCrash: 'The page crashed the renderer {times} times',
  browserLost: 'The browser ended unexpectedly: {detail}',
  download: 'The link is a download ({mediaType}, {sizeBytes} bytes) and is kept as a file',
  redirectedTo: 'The link leads to {url}',
  tabClosed: 'The page closed itself',
  noScreenshot: 'No screenshot could be taken in time; everything else was kept',
  checksumMatched: 'The bytes have the checksum that {source} names',
  checksumMismatch:
    'The bytes are not what {source} says: expected {expected}, got {actual}; they were not kept',
  resumed: 'Fetching it broke off and was gone on with ({times} times)',
  fetchedAnew:
    'The file changed at its server while it was fetched, and was fetched from the beginning ({times} times)',
  begunAnew: 'Taken at try {attempts}: the browser or its renderer ended before',
  imageCopied: 'The image was copied whole for {platforms} (manifests: {manifests}, blobs: {blobs})',
  imageNotFound: 'The registry has no image "{image}"',
  imageUnusable: 'The image cannot be kept: {detail}',
  platformMissing: 'The image is not there for {platform}, but for {platforms}',
  partMissing: 'The registry does not have "{part}", which the image names: {detail}',
  releaseMirrored:
    'OpenShift release {version} for {architecture} was mirrored with its {components} components',
  releaseMalformed:
    'The image says that it is an OpenShift release, but its payload cannot be read: {detail}',
  signatureVerified: 'The release signature was made with the trusted key {key}',
  signatureByOwnKeyOnly:
    'The release signature was made with the key {key}, which only the release itself vouches for; name a trusted key to prove where it comes from',
  signatureMissing: 'No release signature was found in {stores}',
  signatureInvalid: 'The release signature does not hold: {reason}',
};
