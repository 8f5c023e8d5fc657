import { Readability } from '@mozilla/readability';

/** The main article of a page, as Readability found it. */
export interface Article {
  readonly root: Element;
  readonly byline: string;
  readonly siteName: string;
}

/** An article is at least this long; Han, kana and hangul count double, as they say more. */
const minLength = 200;
/** An article makes up at least this share of what is seen; less is a teaser, or one box of a list. */
const minShare = 0.25;
/** More of it in links is a list of other pages. */
const maxLinkShare = 0.4;

const maxElements = 30_000;
const maxDepth = 150;

/** Finds the article; undefined for pages that have none. Changes the document. */
export function findArticle(document: Document, visibleText: string): Article | undefined {
  if (!isOfHumanSize(document)) return undefined;
  const found = new Readability<Element>(document, {
    charThreshold: 250,
    keepClasses: true,
    // JSON-LD is read elsewhere; here it would only decide about titles.
    disableJSONLD: true,
    serializer: (node) => node as Element,
  }).parse();
  if (!found?.content) return undefined;
  const length = weigh(found.content.textContent);
  if (length < minLength || length < weigh(visibleText) * minShare) return undefined;
  const linked = [...found.content.querySelectorAll('a')].reduce(
    (sum, link) => sum + weigh(link.textContent),
    0,
  );
  if (linked > length * maxLinkShare) return undefined;
  return {
    root: found.content,
    byline: found.byline ?? '',
    siteName: found.siteName ?? '',
  };
}

/** Readability's time grows with the square of both. */
function isOfHumanSize(document: Document): boolean {
  const open = [{ element: document.documentElement, depth: 1 }];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (++count > maxElements || next.depth > maxDepth) return false;
    for (const child of next.element.children)
      open.push({ element: child as HTMLElement, depth: next.depth + 1 });
  }
  return true;
}

function weigh(text: string): number {
  const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu;
  return text.replace(/\s+/g, '').length + (text.match(dense)?.length ?? 0);
}
