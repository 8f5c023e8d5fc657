import type { StatsWords } from '../services/lb/index.ts';
import { lbStats as en } from './en/lb.ts';
import type { Language } from './language.ts';
import { lbStats as zh } from './zh-cn/lb.ts';

/** The words of the balancer's page. */
export const lbTexts = (language: Language): StatsWords => (language === 'zh-CN' ? zh : en);
