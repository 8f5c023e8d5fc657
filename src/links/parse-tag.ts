import { linksErrors } from './errors.ts';

/** A tag: `name` as it was written, `key` equal for tags that differ in case only, `paths` the keys of it and its parents. */
export interface ParsedTag {
  readonly name: string;
  readonly key: string;
  readonly paths: readonly string[];
}

const limit = 100;

/** Reads a tag as a person writes it; throws `links.badTag`. */
export function parseTag(text: string): ParsedTag {
  const refused = () => linksErrors.badTag({ tag: text.slice(0, 2 * limit), limit });
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text.trim())) throw refused();
  if (!text.isWellFormed()) throw refused();
  const name = text
    .normalize('NFC')
    .split('/')
    .map((level) => level.trim().replace(/\s+/gu, ' '))
    .join('/');
  if (name === '') throw refused();
  if (name.includes(',')) throw refused();
  if (name.split('/').includes('')) throw refused();
  if ([...name].length > limit) throw refused();
  const levels = tagKey(name).split('/');
  return { name, key: levels.join('/'), paths: levels.map((_, at) => levels.slice(0, at + 1).join('/')) };
}

/** The key of a tag's name, without judging it. */
export function tagKey(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC').trim().replace(/\/+$/, '');
}
