import { ConfigFaults } from '../../config/index.ts';
import { errorText, HoldfastError } from '../../kernel/index.ts';
import { BadLinksError } from '../../links/index.ts';
import { type CliTexts, type Language, localizeError } from '../../texts/index.ts';
import { plainJson, plainText } from './for-terminal.ts';
import { plainLine } from './width.ts';

/** One of several things that are wrong; `path` is where, as in `links[3].url`. */
interface ToldFault {
  readonly path: string | undefined;
  readonly code: string;
  readonly detail: string;
  readonly hint: string | undefined;
}

/** An error in words, with the faults that it is made of. */
interface Told {
  readonly code: string;
  readonly kind: string;
  readonly detail: string;
  readonly hint: string | undefined;
  readonly errors: readonly ToldFault[];
}

/** An error as lines for a person: what went wrong, and the next step. */
export function errorLines(error: unknown, language: Language, texts: CliTexts): string {
  const told = tell(error, language, texts);
  const lines = [`${texts.error.label}: ${told.detail}`];
  for (const fault of told.errors) {
    lines.push(`  - ${fault.detail}`);
    if (fault.hint) lines.push(`    ${fault.hint}`);
  }
  if (told.hint) lines.push(`${texts.error.hint}: ${told.hint}`);
  if (!(error instanceof HoldfastError))
    lines.push(error instanceof Error ? plainText(error.stack ?? '') : '');
  return `${lines.join('\n')}\n`;
}

/** An error as one JSON problem (the members of RFC 9457 that make sense without HTTP). */
export function errorProblem(error: unknown, language: Language, texts: CliTexts): string {
  const { code, kind, detail, hint, errors } = tell(error, language, texts);
  const problem = {
    type: 'about:blank',
    title: kind,
    detail,
    code,
    hint,
    ...(errors.length > 0 && { errors }),
  };
  return `${plainJson(problem)}\n`;
}

function tell(error: unknown, language: Language, texts: CliTexts): Told {
  if (!(error instanceof HoldfastError)) {
    const { internal, internalHint } = texts.error;
    const detail = `${internal}: ${plainLine(errorText(error))}`;
    return { code: 'internal', kind: 'internal', detail, hint: internalHint, errors: [] };
  }
  const { message, hint } = localizeError(error, language);
  const errors = faultsOf(error).map(({ path, fault }) => {
    const words = localizeError(fault, language);
    const hint = words.hint && plainLine(words.hint);
    return { path, code: fault.code, detail: plainLine(words.message), hint };
  });
  return {
    code: error.code,
    kind: error.kind,
    detail: plainLine(message),
    hint: hint && plainLine(hint),
    errors,
  };
}

function faultsOf(error: HoldfastError): readonly { path: string | undefined; fault: HoldfastError }[] {
  if (error instanceof ConfigFaults) return error.faults.map((fault) => ({ path: undefined, fault }));
  if (error instanceof BadLinksError)
    return error.issues.map(({ index, field, error: fault }) => ({
      path: `links[${index}].${field}`,
      fault,
    }));
  return [];
}
