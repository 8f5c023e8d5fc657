import { fillTemplate } from '../kernel/index.ts';
import { input as en } from './en/input.ts';
import type { Language } from './language.ts';
import { input as zhCn } from './zh-cn/input.ts';

/** What is wrong with one field, as a schema tells it (the issues of zod have this shape). */
export interface InputIssue {
  readonly code?: string | undefined;
  readonly message: string;
  readonly expected?: unknown;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly values?: unknown;
  readonly keys?: unknown;
}

const listed = (values: unknown) => (Array.isArray(values) ? values.map((it) => `"${it}"`).join(', ') : '');

/** The sentence of a fault in a field in a language. */
export function localizeInputIssue(issue: InputIssue, language: Language): string {
  const texts = language === 'zh-CN' ? zhCn : en;
  const isNumber = issue.origin === 'number' || issue.origin === 'int';
  switch (issue.code) {
    case 'invalid_type':
      if (issue.message.endsWith('received undefined')) return texts.missing;
      return fillTemplate(texts.type, { expected: String(issue.expected) });
    case 'too_small':
      return fillTemplate(isNumber ? texts.tooLow : texts.tooSmall, { limit: String(issue.minimum) });
    case 'too_big':
      return fillTemplate(isNumber ? texts.tooHigh : texts.tooBig, { limit: String(issue.maximum) });
    case 'invalid_value':
      return fillTemplate(texts.choice, { values: listed(issue.values) });
    case 'invalid_format':
      return texts.format;
    case 'unrecognized_keys':
      return fillTemplate(texts.unknownKeys, { keys: listed(issue.keys) });
    default:
      return texts.other;
  }
}
