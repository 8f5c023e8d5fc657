import { dirname } from 'node:path';

/** The folder that package.json lies in. */
export const projectRoot = dirname(dirname(import.meta.dirname));
