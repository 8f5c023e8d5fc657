import type { Descriptor } from '../../kernel/index.ts';
import { copyImages } from '../copy/copy-images.ts';
import type { CopyResult } from '../copy/types.ts';
import type { ImageSource, ImageTarget } from '../types.ts';

/** Copies one image. */
export function copyImage(
  source: ImageSource,
  target: ImageTarget,
  { digest }: Descriptor,
  tag?: string,
): Promise<CopyResult> {
  return copyImages({ source, target, roots: [{ reference: digest, ...(tag !== undefined && { tag }) }] });
}

/** Copies all image tags. */
export async function copyTags(source: ImageSource, target: ImageTarget): Promise<CopyResult> {
  const roots = (await source.tags()).map((tag) => ({ reference: tag, tag }));
  return copyImages({ source, target, roots });
}
