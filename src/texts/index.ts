export type { ErrorCode, ErrorTexts } from './errors.ts';
export type { InputIssue } from './input.ts';
export { localizeInputIssue } from './input.ts';
export type { Language } from './language.ts';
export { languages, pickLanguage } from './language.ts';
export type { Localizable, LocalizedError } from './localize.ts';
export { localizeError, localizeEvidence } from './localize.ts';
export type { Translated } from './translated.ts';
