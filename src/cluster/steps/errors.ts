import { defineErrors } from '../../kernel/index.ts';

export const stepsErrors = defineErrors('cluster', {});
