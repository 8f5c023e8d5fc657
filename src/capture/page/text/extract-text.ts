import { findArticle } from './article.ts';
import { cleanHtml } from './clean-html.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import { toMarkdown } from './markdown.ts';
import { readMetadata } from './metadata.ts';
import { baseUrlOf, parseDocument } from './parse-document.ts';
import { readableText } from './readable-text.ts';
import { oneLine } from './tidy.ts';
import { headingOf } from './title.ts';
import type { Extracted, PageMetadata, TextInput } from './types.ts';
import { withoutArticle } from './without-article.ts';

/** The most characters, and tags, of a document that is parsed whole; of a larger one only the head is. */
const maxLength = 16 * 1024 * 1024;
const maxTags = 80_000;
/** How much of a long document holds its metadata. */
const headLength = 512 * 1024;
/** Above it, metadata is read from the head first, in case the whole takes too long. */
const longLength = 640 * 1024;

/**
 * Reads a page's article and what the page says of itself. `onMetadata` is called as soon as the latter is known: what
 * follows may take too long, or need too much memory, on a hostile page.
 */
export function extractText(
  input: TextInput,
  onMetadata: (metadata: PageMetadata) => void = () => {},
): Extracted {
  if (input.html.length > longLength) {
    const head = readMetadata(parseDocument(input.html.slice(0, headLength)), input);
    onMetadata(head);
    if (input.html.length > maxLength || countTags(input.html) > maxTags) return withoutArticle(head, input);
  }
  const document = parseDocument(input.html);
  const metadata = readMetadata(document, input);
  onMetadata(metadata);
  const options = { base: baseUrlOf(document, input.url), references: input.references ?? {} };
  const heading = headingOf(document);
  // Readability takes the document apart, so what the whole page says is read before.
  const whole = cleanHtml(document.body ?? document, options);
  const article = findArticle(document, input.visibleText);
  if (article === undefined)
    return { ...withoutArticle(metadata, input), markdown: markdownOf(metadata.title, heading, whole) };
  const articleHtml = cleanHtml(article.root, options);
  const body = bodyOf(articleHtml);
  return {
    ...metadata,
    author: metadata.author || oneLine(article.byline, 200),
    siteName: metadata.siteName || oneLine(article.siteName, 200),
    description: metadata.description || firstParagraph(body),
    articleHtml,
    text: withHeading(metadata.title, heading, readableText(body)),
    markdown: markdownOf(metadata.title, heading, articleHtml),
  };
}

function countTags(html: string): number {
  let count = 0;
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1))
    if (html[at + 1] !== '/') count++;
  return count;
}

function withHeading(title: string, heading: string, text: string): string {
  const start = oneLine(text.slice(0, 2000), 2000);
  const lines = [title, heading].filter(
    (line, index, all) => line !== '' && all.indexOf(line) === index && !start.startsWith(line),
  );
  // A title that holds the heading says it too.
  const said = lines.filter((line) => !lines.some((other) => other !== line && other.includes(line)));
  return [...said, text].join('\n\n').trim();
}

function markdownOf(title: string, heading: string, html: string): string {
  const body = bodyOf(html);
  const line = heading || title;
  // Readability makes an h2 of the page's h1, where it keeps it.
  const first = body.querySelector('h1, h2');
  if (first !== null && oneLine(first.textContent) === line) first.remove();
  else if (body.querySelector('h1') !== null || line === '') return toMarkdown(body);
  return `# ${escapeMarkdown(line)}\n\n${toMarkdown(body)}`;
}

function firstParagraph(body: HTMLElement): string {
  const texts = [...body.querySelectorAll('p')]
    .slice(0, 20)
    .map((paragraph) => oneLine(paragraph.textContent, 300));
  return texts.find((text) => text.length >= 40) ?? '';
}

function bodyOf(html: string): HTMLElement {
  return parseDocument(html).body;
}
