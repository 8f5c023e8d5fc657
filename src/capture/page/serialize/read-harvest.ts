import type { Harvest } from './dom/hooks.ts';

/** More than the hooks keep; the rest is the work of a page. */
const maxBlobs = 5_000;
const maxCharacters = 64 * 1024 * 1024;

/**
 * The harvest as the page's own world gave it, where its scripts may have replaced whatever the hooks call: only text
 * of bounded length gets through, everything else is as if it had not been kept.
 */
export function readHarvest(value: unknown): Harvest {
  const { fonts, blobs } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  let left = maxCharacters;
  const fits = (text: unknown): text is string => {
    if (typeof text !== 'string' || text.length > left) return false;
    left -= text.length;
    return true;
  };
  const list = Array.isArray(blobs) ? blobs.slice(0, maxBlobs) : [];
  return {
    fonts: fits(fonts) ? fonts : '',
    blobs: list.flatMap((entry: unknown) => {
      if (!Array.isArray(entry)) return [];
      const [url, mediaType, base64] = entry as unknown[];
      return fits(url) && url.startsWith('blob:') && fits(mediaType) && fits(base64)
        ? [[url, mediaType, base64] as const]
        : [];
    }),
  };
}
