import { defineErrors } from '../../kernel/index.ts';
import { formatErrors } from './errors/formats.ts';
import { renderErrors } from './errors/render.ts';
import { ruleErrors } from './errors/rules.ts';
import { secretErrors } from './errors/secrets.ts';
import { structureErrors } from './errors/structure.ts';

/** What can be wrong with a plan; most of it is told as an issue with a place and not thrown. */
export const planErrors = defineErrors('plan', {
  ...structureErrors,
  ...formatErrors,
  ...ruleErrors,
  ...secretErrors,
  ...renderErrors,
});
