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
  refusedAddress: 'The address {address} may not be reached ({reason})',
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
};
