import { escapeMarkdown } from './escape-markdown.ts';
import type { Extracted, PageMetadata, TextInput } from './types.ts';

/** What is left where nothing could be read from the document: what a person saw. */
export function withoutArticle(metadata: PageMetadata, { visibleText }: TextInput): Extracted {
  const title = metadata.title === '' ? '' : `# ${escapeMarkdown(metadata.title)}\n\n`;
  return {
    ...metadata,
    articleHtml: '',
    text: visibleText,
    markdown: `${title}${escapeMarkdown(visibleText)}`,
  };
}

/** For a page of which nothing could be read at all. */
export const noMetadata: PageMetadata = {
  title: '',
  author: '',
  siteName: '',
  language: '',
  publishedAt: '',
  description: '',
};
