import type { Link } from '../api/types.ts';

/** What a link is called: its title, else its address without the scheme (of an image `host/repository:tag`). */
export const linkName = (link: Pick<Link, 'title' | 'url'>): string =>
  link.title.trim() || readableUrl(link.url);

/** An address for reading: without scheme, `www.` and the last slash, with its letters decoded where that is safe. */
export function readableUrl(url: string): string {
  const bare = url.replace(/^(?:https?:\/\/(?:www\.)?|docker:\/\/)/i, '').replace(/\/$/, '');
  try {
    // Decoded control and direction characters could make one address look like another.
    const decoded = decodeURI(bare);
    return /[\p{C}\p{Z}]/u.test(decoded) ? bare : decoded;
  } catch {
    return bare;
  }
}

/** The address for a link to the original; undefined where opening it would run something. */
export const safeHref = (url: string): string | undefined => (/^https?:\/\//i.test(url) ? url : undefined);

/** A language for the `lang` attribute; undefined where the page named none that reads like one. */
export const langOf = (language: string | undefined): string | undefined =>
  language && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language) ? language : undefined;
