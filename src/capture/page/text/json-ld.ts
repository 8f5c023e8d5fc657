import { oneLine } from './tidy.ts';

/** What structured data (schema.org as JSON-LD) says of the page. */
export interface StructuredData {
  readonly headline: string;
  readonly author: string;
  readonly publisher: string;
  readonly datePublished: string;
  readonly description: string;
  readonly language: string;
  readonly image: string;
}

type Thing = Readonly<Record<string, unknown>>;

const aboutPages =
  /^(?:\w*Article|BlogPosting|\w*Report|WebPage|\w*Page|Recipe|Review|\w*Posting|Book|Course|HowTo|VideoObject|SoftwareApplication)$/;
/** The most that is read of one block. */
const maxLength = 1024 * 1024;

/** The first thing in the blocks that is a page or an article; articles go before pages. */
export function readJsonLd(blocks: readonly string[]): StructuredData {
  const things = blocks
    .flatMap(thingsIn)
    .filter((thing) => typesOf(thing).some((type) => aboutPages.test(type)));
  const articles = things.filter((thing) => !typesOf(thing).some((type) => /Page$/.test(type)));
  const found = articles[0] ?? things[0] ?? {};
  return {
    headline: textOf(found.headline) || textOf(found.name),
    author: namesOf(found.author),
    publisher: namesOf(found.publisher),
    datePublished: textOf(found.datePublished) || textOf(found.dateCreated),
    description: textOf(found.description),
    language: textOf(found.inLanguage),
    image: imageOf(found.image) || imageOf(found.thumbnailUrl),
  };
}

function thingsIn(block: string): Thing[] {
  if (block.length > maxLength) return [];
  let value: unknown;
  try {
    value = JSON.parse(block.replace(/^\s*(?:<!--|\/\/<!\[CDATA\[)|(?:-->|\/\/\]\]>)\s*$/g, ''));
  } catch {
    return [];
  }
  const roots = listOf(value).filter(isThing);
  return roots.flatMap((root) => [root, ...listOf(root['@graph']).filter(isThing)]);
}

function typesOf(thing: Thing): string[] {
  return listOf(thing['@type']).map((type) => String(type).replace(/^https?:\/\/schema\.org\//, ''));
}

function textOf(value: unknown): string {
  const first = listOf(value)[0];
  return typeof first === 'string' ? oneLine(first) : '';
}

function namesOf(value: unknown): string {
  const names = listOf(value).map((one) => (isThing(one) ? textOf(one.name) : textOf(one)));
  return oneLine(names.filter((name) => name !== '' && !/^https?:/.test(name)).join(', '), 200);
}

function imageOf(value: unknown): string {
  const first = listOf(value)[0];
  return isThing(first) ? textOf(first.url) || textOf(first.contentUrl) : textOf(first);
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
