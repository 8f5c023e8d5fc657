import { fillTemplate } from '../kernel/index.ts';
import { install as en } from './en/install.ts';
import type { Language } from './language.ts';
import { install as zhCn } from './zh-cn/install.ts';

/** The texts of an installation in one language. */
export function installTexts(language: Language): typeof en {
  return language === 'zh-CN' ? zhCn : en;
}

/** The sentence of one thing that an installation tells; its code where an older journal has one that is no more. */
export function localizeTold(
  {
    code,
    details,
  }: { readonly code: string; readonly details: Readonly<Record<string, string | number | boolean>> },
  language: Language,
): string {
  const texts = installTexts(language);
  const catalog: Readonly<Record<string, string>> = texts.told;
  if (!Object.hasOwn(catalog, code)) return code;
  const reasons: Readonly<Record<string, string>> = texts.reasons;
  const reason = String(details.reason ?? '');
  const named = Object.hasOwn(reasons, reason) ? { ...details, reason: reasons[reason]! } : details;
  return fillTemplate(catalog[code]!, named);
}
