import { imagesErrors } from './errors.ts';
import type { Platform } from './read-manifest.ts';

/** Reads `os/architecture[/variant]`, as `linux/arm64/v8`; throws `images.badPlatform`. */
export function parsePlatform(text: string): Platform {
  const [os = '', architecture = '', variant, ...rest] = text.split('/');
  const isWord = (word: string) => /^[a-z0-9][a-z0-9._-]{0,60}$/i.test(word);
  if (!isWord(os) || !isWord(architecture) || (variant !== undefined && !isWord(variant)) || rest.length > 0)
    throw imagesErrors.badPlatform({ value: text.slice(0, 100) });
  return { os, architecture, ...(variant !== undefined && { variant }) };
}

/** Writes a platform as `parsePlatform` reads it. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant ? [variant] : [])].join('/');
}

/** True where an image for `offered` is one for `wanted`; a variant counts where it is wanted. */
export function platformMatches(offered: Platform, wanted: Platform): boolean {
  return (
    offered.os === wanted.os &&
    offered.architecture === wanted.architecture &&
    (wanted.variant === undefined || offered.variant === wanted.variant)
  );
}
