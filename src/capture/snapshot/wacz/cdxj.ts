/** One line of the index: where in the archive the answer to a URL lies. */
export interface CdxEntry {
  readonly url: string;
  /** RFC 3339, UTC. */
  readonly date: string;
  readonly mime: string;
  /** Absent for what is no HTTP response. */
  readonly status?: number;
  /** `sha256:<hex>` of the payload. */
  readonly digest: string;
  readonly offset: number;
  readonly length: number;
  /** For a request that was no GET: its method, and its body as a query. */
  readonly method?: string;
  readonly requestBody?: string;
}

/** The index as CDXJ: a line for each entry, sorted by key and time in the order of bytes. */
export function cdxj(entries: readonly CdxEntry[], filename: string): Uint8Array {
  const lines = entries.map((entry) => Buffer.from(cdxLine(entry, filename)));
  return Buffer.concat(lines.sort(Buffer.compare));
}

function cdxLine(entry: CdxEntry, filename: string): string {
  const timestamp = entry.date.replace(/\D/g, '').slice(0, 14);
  const { url, mime, status, digest, length, offset, method, requestBody } = entry;
  const json = {
    url,
    mime,
    status: status === undefined ? '' : String(status),
    digest,
    length: String(length),
    offset: String(offset),
    filename,
    method,
    requestBody,
  };
  return `${surt(keyUrl(entry))} ${timestamp} ${JSON.stringify(json)}\n`;
}

/** The URL that a request is looked up by: a POST is told from a GET by a query that is added to it. */
function keyUrl({ url, method, requestBody }: CdxEntry): string {
  if (method === undefined) return url;
  const separator = url.includes('?') ? '&' : '?';
  return `${url}${separator}__wb_method=${method}&${readable(requestBody ?? '')}`;
}

function readable(query: string): string {
  try {
    return decodeURI(query);
  } catch {
    return '';
  }
}

/**
 * The sort-friendly form of a URL, `org,example)/path?a=1&b=2`: lower case, host reversed, `www` and its numbered
 * brothers left out, query sorted. What is no web address stays as it is, but for white space.
 */
export function surt(address: string): string {
  const web = /^https?:\/\//i.test(address);
  const lower = address.toLowerCase().replace(/^(https?:\/\/)www\d*\./, '$1');
  if (!web || !URL.canParse(lower)) return address.replace(/\s/g, '%20');
  const url = new URL(lower);
  const host = url.hostname.split('.').reverse().join(',');
  const query = url.search === '' ? '' : `?${url.search.slice(1).split('&').sort().join('&')}`;
  return `${host}${url.port === '' ? '' : `:${url.port}`})${url.pathname}${query}`;
}
