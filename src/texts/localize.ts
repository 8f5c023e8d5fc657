import { type DetailValue, fillTemplate, type JsonValue } from '../kernel/index.ts';
import type { Evidence } from '../links/index.ts';
import { evidence as evidenceEn } from './en/evidence.ts';
import type { Language } from './language.ts';
import { errors as errorsZhCn } from './zh-cn/errors.ts';
import { evidence as evidenceZhCn } from './zh-cn/evidence.ts';
import { words } from './zh-cn/words.ts';

/** What a text is made from: a HoldfastError, or the fault that a job kept of one. */
export interface Localizable {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
  readonly details: Readonly<Record<string, JsonValue>>;
}

/** An error in words: what went wrong, and the next step where one is known. */
export interface LocalizedError {
  readonly message: string;
  readonly hint: string | undefined;
}

/** The sentences of an error in a language; in English for a code that the catalog does not have (an older job's). */
export function localizeError(error: Localizable, language: Language): LocalizedError {
  const catalog: Readonly<Record<string, { message: string; hint?: string | undefined }>> = errorsZhCn;
  const texts = language === 'zh-CN' && Object.hasOwn(catalog, error.code) ? catalog[error.code] : undefined;
  if (texts === undefined) return { message: error.message, hint: error.hint };
  const details = inChinese(error.details);
  return {
    message: fillTemplate(texts.message, details),
    hint: texts.hint === undefined ? undefined : fillTemplate(texts.hint, details),
  };
}

/** The sentence of one piece of evidence in a language; its code where the catalog does not have it. */
export function localizeEvidence(evidence: Evidence, language: Language): string {
  const catalog: Readonly<Record<string, string>> = language === 'zh-CN' ? evidenceZhCn : evidenceEn;
  const template = Object.hasOwn(catalog, evidence.code) ? catalog[evidence.code] : undefined;
  if (template === undefined) return evidence.code;
  return fillTemplate(template, language === 'zh-CN' ? inChinese(evidence.details) : evidence.details);
}

/** Details ready to be put into a sentence: fixed words translated, structures as JSON. */
function inChinese(details: Readonly<Record<string, JsonValue>>): Record<string, DetailValue> {
  const entries = Object.entries(details).map(([name, value]): [string, DetailValue] => {
    if (typeof value === 'object') return [name, JSON.stringify(value)];
    const known = words[name];
    return [name, known && Object.hasOwn(known, String(value)) ? known[String(value)]! : value];
  });
  return Object.fromEntries(entries);
}
