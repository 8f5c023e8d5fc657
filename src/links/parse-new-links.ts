import { HoldfastError } from '../kernel/index.ts';
import { BadLinksError, type LinkIssue, linksErrors } from './errors.ts';
import { type LinkOptions, parseLinkOptions } from './link-options.ts';
import { type ParsedLink, parseLink } from './parse-link.ts';
import { type ParsedTag, parseTag } from './parse-tag.ts';
import { clean } from './rows.ts';
import type { NewLink } from './types.ts';

/** What was to be added, read. */
export interface ParsedNewLink extends ParsedLink {
  readonly tags: readonly ParsedTag[];
  readonly note: string;
  readonly title: string | null;
  readonly options: LinkOptions;
}

const limits = { note: 100_000, title: 1_000 };

/** Reads all links; throws one `BadLinksError` that names every fault. */
export function parseNewLinks(links: readonly NewLink[]): readonly ParsedNewLink[] {
  const issues: LinkIssue[] = [];
  const parsed = links.map((link, index) => {
    const attempt = <T>(field: LinkIssue['field'], read: () => T): T | undefined => {
      try {
        return read();
      } catch (error) {
        if (!(error instanceof HoldfastError)) throw error;
        issues.push({ index, field, error });
        return undefined;
      }
    };
    const address = attempt('url', () => parseLink(link.url));
    const tags = (link.tags ?? []).map((tag) => attempt('tags', () => parseTag(tag)));
    const note = attempt('note', () => parseNote(link.note ?? ''));
    const title = attempt('title', () => parseTitle(link.title ?? null));
    const options = attempt('options', () => parseLinkOptions(link.options));
    return { ...address, tags, note, title, options } as ParsedNewLink;
  });
  if (issues.length > 0) throw new BadLinksError(issues, links.length);
  return parsed;
}

/** A note as it is kept; throws `links.textTooLong`. */
export function parseNote(note: string): string {
  return limited('note', clean(note));
}

/** A user's title as it is kept, null for an empty one; throws `links.textTooLong`. */
export function parseTitle(title: string | null): string | null {
  return (
    limited(
      'title',
      clean(title ?? '')
        .replace(/\s+/gu, ' ')
        .trim(),
    ) || null
  );
}

function limited(field: keyof typeof limits, text: string): string {
  const limit = limits[field];
  if (text.length > limit) throw linksErrors.textTooLong({ field, length: text.length, limit });
  return text;
}
