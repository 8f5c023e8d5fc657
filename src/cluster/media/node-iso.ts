import { rm } from 'node:fs/promises';
import { mediaErrors } from './errors.ts';
import { customizeIso } from './live/customize-iso.ts';
import { readLiveIso } from './live/live-iso.ts';
import { menuIso } from './menu/menu-iso.ts';
import type { MakeOptions } from './new-file.ts';

export interface NodeIsoOptions extends MakeOptions {
  readonly source: string;
  readonly target: string;
  /** The node's name, as it stands in a boot menu. */
  readonly title: string;
  readonly kernelArguments: readonly string[];
  /** The Ignition config of the live system; images up to 4.5 take none. */
  readonly ignition?: Uint8Array;
  /** Default `xorriso`. */
  readonly xorriso?: string;
}

/** How an image was made ready: by its areas, by its boot menus, or its arguments by the one and its config by the other. */
export type NodeIsoWay = 'areas' | 'menu' | 'menu-and-area';

/**
 * Makes the image that one node boots from without a key being pressed. What the source has room for decides how: the areas of
 * a live image (4.7 and later), else its boot menus, by xorriso (the installer up to 4.5, the live image of 4.6).
 */
export async function nodeIso(options: NodeIsoOptions): Promise<NodeIsoWay> {
  const { source, target, title, kernelArguments, ignition } = options;
  const live = await readLiveIso(source);
  if (ignition && !live.ignition) throw mediaErrors.noArea({ path: source, what: 'an Ignition config' });
  if (live.kernelArguments && live.ignition) {
    await customizeIso(options);
    return 'areas';
  }
  const entries = [{ title, kernelArguments }];
  if (!ignition) {
    await menuIso({ ...options, entries });
    return 'menu';
  }
  const between = `${target}.menu`;
  try {
    await menuIso({ ...options, target: between, entries });
    const { signal, onProgress } = options;
    await customizeIso({
      source: between,
      target,
      ignition,
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
  } finally {
    await rm(between, { force: true });
  }
  return 'menu-and-area';
}
