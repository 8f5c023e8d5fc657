import type { HoldfastError } from '../../../kernel/index.ts';
import type { Verdict } from './types.ts';

export const passed = (finding: HoldfastError): Verdict => ({ status: 'passed', finding });
export const failed = (finding: HoldfastError): Verdict => ({ status: 'failed', finding });
export const warning = (finding: HoldfastError): Verdict => ({ status: 'warning', finding });
export const skipped = (finding: HoldfastError): Verdict => ({ status: 'skipped', finding });

/** A text from outside, short and on one line. */
export const shown = (text: string, length = 200): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, length);
