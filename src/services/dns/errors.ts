import { defineErrors } from '../../kernel/index.ts';

export const dnsErrors = defineErrors('dns', {});
