import { defineErrors } from '../../kernel/index.ts';

export const filesErrors = defineErrors('files', {});
