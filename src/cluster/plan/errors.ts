import { defineErrors } from '../../kernel/index.ts';

export const planErrors = defineErrors('plan', {});
