import type { HeaderLine } from './format.ts';

/** Headers of responses that differ from one request to the next although nothing behind the link changed. */
const ofResponses = new Set(
  `age cdn-requestid cf-cache-status cf-ray date expires fly-request-id keep-alive nel ratelimit-limit
  ratelimit-policy ratelimit-remaining ratelimit-reset report-to reporting-endpoints request-id retry-after
  server-timing set-cookie traceparent tracestate via x-akamai-request-id x-amz-cf-id x-amz-cf-pop x-amz-id-2
  x-amz-request-id x-amzn-requestid x-amzn-trace-id x-azure-ref x-b3-spanid x-b3-traceid x-cache x-cache-hits
  x-cache-lookup x-cloud-trace-context x-correlation-id x-csrf-token x-debug-token x-debug-token-link
  x-envoy-upstream-service-time x-fastly-request-id x-fb-debug x-github-request-id x-guploader-uploadid
  x-ms-request-id x-nf-request-id x-ratelimit-limit x-ratelimit-remaining x-ratelimit-reset x-ratelimit-used
  x-request-id x-request-time x-response-time x-runtime x-served-by x-swift-cachetime x-swift-savetime x-timer
  x-trace-id x-transaction-id x-varnish x-vercel-id x-xss-nonce eagleid`.split(/\s+/),
);

/** Headers of requests that carry what a site gave this one visit. */
const ofRequests = new Set('cookie traceparent tracestate x-csrf-token x-request-id x-xsrf-token'.split(' '));

/** What marks a kept-apart line as the request's: no header name can begin with it (RFC 9110, 5.6.2). */
const requestMark = '>';

type Headers = readonly HeaderLine[];

/** Takes the lines that differ at every request out of an exchange's headers. */
export function splitHeaders(request: Headers, response: Headers) {
  const requestIs = ([name]: HeaderLine) => ofRequests.has(name.toLowerCase());
  return {
    request: request.filter((line) => !requestIs(line)),
    response: response.filter((line) => !isVolatile(line)),
    volatile: [
      ...request.filter(requestIs).map(([name, value]): HeaderLine => [requestMark + name, value]),
      ...response.filter(isVolatile),
    ],
  };
}

/** Puts the lines that were taken out back, behind the others. */
export function joinHeaders(request: Headers, response: Headers, volatile: Headers) {
  const ofRequest = volatile.filter(([name]) => name.startsWith(requestMark));
  return {
    request: [...request, ...ofRequest.map(([name, value]): HeaderLine => [name.slice(1), value])],
    response: [...response, ...volatile.filter(([name]) => !name.startsWith(requestMark))],
  };
}

function isVolatile([name, value]: HeaderLine): boolean {
  const lower = name.toLowerCase();
  // A policy with a nonce is written anew for each response; one without is part of the page.
  if (lower.startsWith('content-security-policy')) return value.includes("'nonce-");
  return ofResponses.has(lower);
}
