import { defineErrors } from '../../kernel/index.ts';

export const mediaErrors = defineErrors('media', {});
