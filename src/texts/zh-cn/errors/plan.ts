import type { RoomErrorTexts } from '../../errors.ts';
import { planRender } from './plan-render.ts';
import { planRules } from './plan-rules.ts';
import { planSecrets } from './plan-secrets.ts';
import { planStructure } from './plan-structure.ts';

/** cluster/plan 的错误。 */
export const plan: RoomErrorTexts<'plan'> = {
  ...planStructure,
  ...planRules,
  ...planSecrets,
  ...planRender,
};
