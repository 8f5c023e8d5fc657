import { currentLanguage } from '../i18n/texts.tsx';

/** An answer that is not the one hoped for. `status` is 0 where there was none; `detail` and `hint` are for people. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly errors: readonly { path: string; code: string; detail: string }[];

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? '');
    this.status = status;
    this.code = problem.code ?? '';
    this.hint = problem.hint;
    this.errors = problem.errors ?? [];
  }
}

interface Problem {
  readonly title: string;
  readonly detail: string;
  readonly code: string;
  readonly hint: string;
  readonly errors: { path: string; code: string; detail: string }[];
}

let csrf = '';
let onLoggedOut: () => void = () => {};
let onReach: (reached: boolean) => void = () => {};

/** Says which CSRF value mutating requests carry. */
export function setCsrf(value: string): void {
  csrf = value;
}

/** Says whom to tell that a login is asked for, and whether the server was reached. */
export function watchRequests(watch: { loggedOut(): void; reach(reached: boolean): void }): void {
  onLoggedOut = watch.loggedOut;
  onReach = watch.reach;
}

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

async function send(path: string, { method = 'GET', body, signal }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { 'accept-language': currentLanguage() };
  if (method !== 'GET') headers['x-holdfast-csrf'] = csrf;
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    onReach(false);
    throw new ApiError(0, { code: 'offline' });
  }
  onReach(true);
  if (response.ok) return response;
  if (response.status === 401 && path !== '/api/session') onLoggedOut();
  const problem = await response.json().catch(() => ({}));
  throw new ApiError(response.status, problem as Partial<Problem>);
}

/** Asks the API and gives the JSON of the answer (undefined for 204); throws `ApiError`. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Asks the API for a text, for example a snapshot's Markdown; throws `ApiError`. */
export async function requestText(path: string, signal?: AbortSignal): Promise<string> {
  return await (await send(path, { signal })).text();
}
