import type { Plan } from '../../model.ts';
import { fileText } from '../formats/format.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { runbookFacts } from './facts.ts';

/** The way from the mirror to the handover, with the names and addresses of the plan. */
export function runbookText(plan: Plan, language: 'en' | 'zh-CN'): string {
  const write = { en: english, 'zh-CN': chinese }[language];
  return fileText(write(runbookFacts(plan)));
}
