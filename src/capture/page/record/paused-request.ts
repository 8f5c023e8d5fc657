import type { HeaderLine, TimedExchange } from '../../snapshot/format.ts';

/** A request that the browser holds at its response (CDP `Fetch.requestPaused`). */
export interface PausedRequest {
  readonly requestId: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly postData?: string;
  };
  readonly frameId: string;
  readonly resourceType: string;
  readonly responseErrorReason?: string;
  readonly responseStatusCode?: number;
  readonly responseStatusText?: string;
  readonly responseHeaders?: readonly { readonly name: string; readonly value: string }[];
}

/** The headers of the answer, in their order. */
export function headersOf(event: PausedRequest): HeaderLine[] {
  return (event.responseHeaders ?? []).map(({ name, value }) => [name, value] as const);
}

/** The last value of a header, whatever the case of its name. */
export function headerOf(headers: readonly HeaderLine[], name: string): string | undefined {
  return headers.findLast(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** What is known of an exchange before its body. */
export function describe(event: PausedRequest, headers: readonly HeaderLine[], atMs: number): TimedExchange {
  return {
    url: event.request.url,
    method: event.request.method,
    requestHeaders: Object.entries(event.request.headers),
    ...(event.request.postData === undefined ? {} : { requestBody: event.request.postData }),
    type: event.resourceType.toLowerCase(),
    status: event.responseStatusCode ?? 0,
    statusText: event.responseStatusText ?? '',
    responseHeaders: headers,
    body: null,
    atMs,
  };
}

/** True for an answer that leads on to another address. */
export function isRedirect(event: PausedRequest): boolean {
  return (
    [301, 302, 303, 307, 308].includes(event.responseStatusCode ?? 0) &&
    headerOf(headersOf(event), 'location') !== undefined
  );
}

/** True for an answer that has no body by its nature (RFC 9110, 6.4.1). */
export function hasNoBody(event: PausedRequest): boolean {
  return (
    event.responseStatusCode === 204 || event.responseStatusCode === 304 || event.request.method === 'HEAD'
  );
}
