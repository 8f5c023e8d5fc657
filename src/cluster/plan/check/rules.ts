import type { Rule } from './rule.ts';

/** Every rule that a plan is checked by. */
export const rules: readonly Rule[] = [];
