/** A page as the serializer gives it: static, without scripts. */
export interface TextInput {
  readonly html: string;
  /** The address that it was shown at; relative links stand on it, unless the page names another base. */
  readonly url: string;
  /** What a person saw, from the browser's layout: the text where no article is found. */
  readonly visibleText: string;
  /** The texts of `<script type="application/ld+json">`, where the serializer left them out of `html`. */
  readonly jsonLd?: readonly string[];
  /** By a picture's absolute URL: how an article that is stored beside it refers to it, `sha256-<hex>`. */
  readonly references?: Readonly<Record<string, string>>;
}

/** What a page says of itself; empty where it says nothing. */
export interface PageMetadata {
  readonly title: string;
  readonly author: string;
  readonly siteName: string;
  /** BCP 47, for example `zh-CN`. */
  readonly language: string;
  /** RFC 3339: `2026-03-04T05:06:07.000Z`, or `2026-03-04` where the page gives no time zone. */
  readonly publishedAt: string;
  readonly description: string;
  /** Absolute, http or https. */
  readonly iconUrl?: string;
  readonly previewImageUrl?: string;
}

/** Text in three forms, and what the page says of itself. */
export interface Extracted extends PageMetadata {
  /** The article as HTML without active content; empty where the page is none (a list, a dashboard). */
  readonly articleHtml: string;
  /** The heading and the article; all visible text where there is no article. */
  readonly text: string;
  /** The same as GitHub Flavored Markdown, links absolute, no raw HTML. */
  readonly markdown: string;
}
