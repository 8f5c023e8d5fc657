import { defineErrors } from '../../kernel/index.ts';

export const lbErrors = defineErrors('lb', {});
