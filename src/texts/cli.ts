import { cli as en } from './en/cli.ts';
import type { Language } from './language.ts';
import type { Translated } from './translated.ts';
import { cli as zhCn } from './zh-cn/cli.ts';

/** The texts of the command line in one language. */
export type CliTexts = Translated<typeof en>;

/** Gives the texts of the command line. */
export function cliTexts(language: Language): CliTexts {
  return language === 'zh-CN' ? zhCn : en;
}
