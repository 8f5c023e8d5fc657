export type { LayoutTarget } from './folder-target.ts';
export { createLayoutFolder } from './folder-target.ts';
export type { LayoutSource } from './layout-source.ts';
export { openLayoutFolder, openLayoutTar } from './open.ts';
export { createLayoutTar } from './tar-target.ts';
