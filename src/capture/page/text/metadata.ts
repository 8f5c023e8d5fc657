import { authorOf } from './author.ts';
import { readJsonLd } from './json-ld.ts';
import { languageOf } from './language.ts';
import { absoluteUrl, baseUrlOf } from './parse-document.ts';
import { publishedAt } from './published-at.ts';
import { oneLine } from './tidy.ts';
import { titleOf } from './title.ts';
import type { PageMetadata, TextInput } from './types.ts';

/** What a page says of itself, by OpenGraph, JSON-LD, meta tags and what stands in the page, in this order of trust. */
export function readMetadata(
  document: Document,
  input: Pick<TextInput, 'url' | 'visibleText' | 'jsonLd'>,
): PageMetadata {
  const base = baseUrlOf(document, input.url);
  const meta = readMeta(document);
  const blocks = [...document.querySelectorAll('script[type="application/ld+json"]')].map(
    (one) => one.textContent,
  );
  const data = readJsonLd([...blocks, ...(input.jsonLd ?? [])]);
  const siteName = meta('og:site_name', 'application-name') || data.publisher;
  const iconUrl = iconOf(document, base);
  const previewImageUrl = absoluteUrl(
    meta('og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src') ||
      data.image,
    base,
  );
  return {
    title: titleOf(document, { siteName, named: [meta('og:title', 'twitter:title'), data.headline] }),
    author: authorOf(document, {
      named: [
        meta('author', 'article:author', 'dc.creator', 'dcterms.creator', 'byl', 'parsely-author'),
        data.author,
      ],
      visibleText: input.visibleText,
    }),
    siteName,
    language: languageOf(document, {
      named: [meta('content-language'), meta('og:locale'), data.language],
      visibleText: input.visibleText,
    }),
    publishedAt: dateOf(document, [meta(...dateNames), data.datePublished]),
    description:
      meta('og:description', 'description', 'twitter:description', 'dc.description') || data.description,
    ...(iconUrl === undefined ? {} : { iconUrl }),
    ...(previewImageUrl === undefined ? {} : { previewImageUrl }),
  };
}

const dateNames = [
  'article:published_time',
  'og:published_time',
  'datepublished',
  'publishdate',
  'pubdate',
  'publication_date',
  'article:create_at',
  'parsely-pub-date',
  'sailthru.date',
  'dc.date.issued',
  'dcterms.created',
  'dcterms.date',
  'dc.date',
  'date',
];

/** Looks meta tags up by name, property or itemprop, whatever their case; the first name that has a value wins. */
function readMeta(document: Document): (...names: string[]) => string {
  const values = new Map<string, string>();
  for (const element of [...document.querySelectorAll('meta[content]')].slice(0, 500)) {
    const names = ['property', 'name', 'itemprop', 'http-equiv'].map(
      (key) => element.getAttribute(key) ?? '',
    );
    const content = oneLine(element.getAttribute('content'));
    for (const name of names.join(' ').toLowerCase().split(/\s+/))
      if (name !== '' && content !== '' && !values.has(name)) values.set(name, content);
  }
  return (...names) => names.map((name) => values.get(name)).find((value) => value !== undefined) ?? '';
}

function dateOf(document: Document, named: readonly string[]): string {
  const marked = document.querySelectorAll(
    '[itemprop="datePublished"], time[pubdate], article time[datetime], header time[datetime], main time[datetime]',
  );
  const inPage = [...marked]
    .slice(0, 5)
    .map((one) => one.getAttribute('datetime') || one.getAttribute('content') || one.textContent);
  const spelled = [
    ...document.querySelectorAll('[class*="date"], [class*="time"], [id*="date"], [id*="time"]'),
  ]
    .slice(0, 50)
    .map((one) => one.textContent)
    .filter((text) => text.trim().length <= 60);
  return [...named, ...inPage, ...spelled].map((text) => publishedAt(text)).find((date) => date !== '') ?? '';
}

/** The icon that is nearest to 64 pixels and not below 32; a touch icon where there is no other. */
function iconOf(document: Document, base: string): string | undefined {
  const links = [...document.querySelectorAll('link[rel][href]')].slice(0, 200);
  const named = (pattern: RegExp) =>
    links
      .filter((link) => pattern.test(link.getAttribute('rel') ?? ''))
      .toSorted((a, b) => distance(a) - distance(b))
      .map((link) => absoluteUrl(link.getAttribute('href'), base))
      .find((url) => url !== undefined);
  return named(/(?:^|\s)icon(?:\s|$)/i) ?? named(/^apple-touch-icon/i);
}

function distance(link: Element): number {
  const size = Number.parseInt(link.getAttribute('sizes') ?? '', 10) || 32;
  return size < 32 ? 1000 - size : Math.abs(size - 64);
}
