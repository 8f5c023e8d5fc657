import { join } from 'node:path';

/** Where a bastion of a work folder can be asked. */
export const controlSocket = (work: string): string => join(work, 'bastion.sock');
