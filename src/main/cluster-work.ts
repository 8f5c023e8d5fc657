import { join, resolve } from 'node:path';
import type { Config } from '../config/index.ts';

/** Where the installation of a cluster is kept unless another folder is named: `clusters/<zone>` in the data folder. */
export const clusterWork = (config: Config, zone: string): string =>
  join(resolve(config.data), 'clusters', zone);
