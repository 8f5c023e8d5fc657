/** What went wrong, as far as a caller can act on it; mapped once each to HTTP, to OCI codes and to exit codes. */
export type ErrorKind =
  | 'invalid'
  | 'notFound'
  | 'conflict'
  | 'denied'
  | 'unsupported'
  | 'unavailable'
  | 'corrupt'
  | 'cancelled';

/** One line of a room's error table: `{name}` in `message` and `hint` stands for a detail of that name. */
export interface ErrorSpec {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly hint?: string;
}

type Placeholders<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;
type DetailNames<T extends ErrorSpec> = Placeholders<T['message']> | Placeholders<T['hint']>;
export type DetailValue = string | number | boolean;

/** The base of every error that Holdfast throws on purpose. `code` is `<room>.<name>` and never changes once released. */
export class HoldfastError extends Error {
  override readonly name = 'HoldfastError';
  readonly code: string;
  readonly kind: ErrorKind;
  readonly details: Readonly<Record<string, DetailValue>>;
  readonly hint: string | undefined;

  constructor(
    code: string,
    spec: ErrorSpec,
    details: Readonly<Record<string, DetailValue>>,
    options?: { cause?: unknown },
  ) {
    super(fillTemplate(spec.message, details), options);
    this.code = code;
    this.kind = spec.kind;
    this.details = details;
    this.hint = spec.hint === undefined ? undefined : fillTemplate(spec.hint, details);
  }
}

type Thrower<T extends ErrorSpec> = (
  ...args: [DetailNames<T>] extends [never]
    ? [details?: Record<string, DetailValue>, options?: { cause?: unknown }]
    : [details: Record<DetailNames<T>, DetailValue>, options?: { cause?: unknown }]
) => HoldfastError;

/**
 * Makes a room's error table: a function for each entry that builds (does not throw) the error.
 * The codes are `<room>.<key>`; the details that a message names are required by the type checker.
 */
export function defineErrors<const R extends string, const T extends Record<string, ErrorSpec>>(
  room: R,
  table: T,
): { [K in keyof T]: Thrower<T[K]> } & { readonly table: { [K in keyof T & string as `${R}.${K}`]: T[K] } } {
  const makers: Record<string, unknown> = {};
  const byCode: Record<string, ErrorSpec> = {};
  for (const [key, spec] of Object.entries(table)) {
    const code = `${room}.${key}`;
    byCode[code] = spec;
    makers[key] = (details: Record<string, DetailValue> = {}, options?: { cause?: unknown }) =>
      new HoldfastError(code, spec, details, options);
  }
  return { ...makers, table: byCode } as never;
}

/** Puts details into the `{name}` places of a template; a place without a detail stays as it is. */
export function fillTemplate(template: string, details: Readonly<Record<string, DetailValue>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = details[name];
    return value === undefined ? whole : String(value);
  });
}

/** True where `error` is ours and has the code (`<room>.<name>`). */
export function hasCode(error: unknown, code: string): error is HoldfastError {
  return error instanceof HoldfastError && error.code === code;
}

/** A one-line text for any thrown value: never empty, never `[object Object]`. */
export function errorText(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorText).join('; ');
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}
