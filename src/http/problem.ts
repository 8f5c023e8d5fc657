import { HTTPException } from 'hono/http-exception';
import { type ErrorKind, errorText, HoldfastError, type Logger, newId } from '../kernel/index.ts';
import { BadLinksError } from '../links/index.ts';
import {
  type InputIssue,
  type Language,
  localizeError,
  localizeInputIssue,
  pickLanguage,
} from '../texts/index.ts';
import type { HttpContext } from './context.ts';
import { httpErrors } from './errors.ts';

/** The one place where kinds of errors become statuses. */
const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  invalid: 422,
  notFound: 404,
  conflict: 409,
  denied: 403,
  unsupported: 501,
  unavailable: 503,
  corrupt: 500,
  cancelled: 409,
};

/** Where HTTP has a status that says it more exactly than the kind does. */
const statusOfCode: Readonly<Record<string, number>> = {
  'auth.loginNeeded': 401,
  'auth.badCredentials': 401,
  'auth.badToken': 401,
  'auth.throttled': 429,
  'http.input': 400,
  'http.notJson': 400,
  'http.tooLarge': 413,
  'http.mediaType': 415,
  'http.method': 405,
};

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** The most faults that one problem lists. */
const mostIssues = 1_000;

/** The status that an error is answered with. */
export function statusOf(error: HoldfastError): number {
  return statusOfCode[error.code] ?? statusOfKind[error.kind];
}

/** Turns whatever was thrown into a problem document (RFC 9457); what nobody meant to throw is logged, not told. */
export function answerProblem(thrown: unknown, c: HttpContext, logger: Logger): Response {
  const error = toHoldfastError(thrown, c, logger);
  // Before the language was picked only where the very first step failed.
  const language = c.get('language') ?? pickLanguage(c.req.header('accept-language'));
  const status = statusOf(error);
  const { message, hint } = localizeError(error, language);
  const errors = issuesOf(error, language);
  const body = {
    type: 'about:blank',
    title: titles[status] ?? 'Error',
    status,
    detail: message,
    code: error.code,
    ...(hint === undefined ? {} : { hint }),
    ...(errors.length === 0 ? {} : { errors }),
  };
  const headers = new Headers({
    'Content-Type': 'application/problem+json; charset=utf-8',
    'Content-Language': language,
    Vary: 'Accept-Language',
    'Cache-Control': 'no-store',
  });
  if (status === 401) headers.set('WWW-Authenticate', 'Bearer realm="Holdfast"');
  if (status === 429) headers.set('Retry-After', String(error.details.seconds ?? 60));
  return new Response(JSON.stringify(body), { status, headers });
}

function toHoldfastError(thrown: unknown, c: HttpContext, logger: Logger): HoldfastError {
  if (thrown instanceof HoldfastError) {
    if (thrown.kind === 'corrupt') logger.error({ err: thrown, path: c.req.path }, 'request failed');
    return thrown;
  }
  if (thrown instanceof HTTPException && thrown.status === 400) return httpErrors.notJson();
  const reference = newId();
  logger.error({ err: thrown, path: c.req.path, method: c.req.method, reference }, errorText(thrown));
  return httpErrors.internal({ reference }, { cause: thrown });
}

/** The faults of single fields: those of links that were to be added, or a schema's. */
function issuesOf(error: HoldfastError, language: Language) {
  if (error instanceof BadLinksError)
    return error.issues.slice(0, mostIssues).map(({ index, field, error: each }) => ({
      path: `links.${index}.${field}`,
      code: each.code,
      detail: localizeError(each, language).message,
    }));
  const issues = (error.cause as { issues?: unknown } | undefined)?.issues;
  if (!Array.isArray(issues)) return [];
  return issues.slice(0, mostIssues).map((issue: InputIssue & { path: readonly PropertyKey[] }) => ({
    path: issue.path.map(String).join('.'),
    code: issue.code ?? 'other',
    detail: localizeInputIssue(issue, language),
  }));
}
