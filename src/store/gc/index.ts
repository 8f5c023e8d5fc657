export { collectGarbage } from './collect-garbage.ts';
export type * from './types.ts';
