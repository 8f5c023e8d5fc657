import { type ImageSource, imagesErrors, type Registry } from '../../images/index.ts';
import type { Digest } from '../../kernel/index.ts';

/**
 * A folder or an archive in the place of all registries: whatever repository is asked for is the one that it holds. The image tag
 * that an image is to get may be another than it has there.
 */
export function registryOf(
  source: ImageSource,
  tag?: { readonly name: string; readonly digest: Digest },
): Registry {
  const renamed: ImageSource = {
    ...source,
    resolve: (reference) => source.resolve(reference === tag?.name ? tag.digest : reference),
  };
  return {
    source: () => renamed,
    target() {
      throw imagesErrors.badPlace({ value: source.name, fault: 'it is only read from' });
    },
  };
}

/** The way to the web where there is none to be used. */
export const noTransport = {
  async send(): Promise<never> {
    throw new Error('nothing is asked for over the network');
  },
  close() {},
};
