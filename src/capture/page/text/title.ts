import { oneLine } from './tidy.ts';

/**
 * The title to list a page under. What the document's own title contains, and one of the page's other names repeats, is
 * the title proper, without the site's name and its slogans; else the document's title stands as it is.
 */
export function titleOf(
  document: Document,
  { siteName, named }: { siteName: string; named: readonly string[] },
): string {
  const whole = oneLine(document.querySelector('title')?.textContent);
  const names = [...named, ...headings(document, 'h1, h2')]
    .map((name) => oneLine(name))
    .filter((name) => name !== '');
  if (whole === '') return names[0] ?? '';
  const proper = names
    .filter((name) => name !== siteName && whole.includes(name) && name.length * 4 >= whole.length)
    .sort((a, b) => b.length - a.length);
  return proper[0] ?? whole;
}

/** The page's heading: the longest one that its title repeats, else the first h1; empty where there is none. */
export function headingOf(document: Document): string {
  const whole = oneLine(document.querySelector('title')?.textContent);
  const repeated = headings(document, 'h1, h2').filter((text) => whole.includes(text));
  return repeated.sort((a, b) => b.length - a.length)[0] ?? headings(document, 'h1')[0] ?? '';
}

function headings(document: Document, selector: string): string[] {
  return [...document.querySelectorAll(selector)]
    .slice(0, 20)
    .map((heading) => oneLine(withoutAnchors(heading)))
    .filter((text) => text !== '');
}

/** Generators put a `¶` or `#` link behind headings. */
function withoutAnchors(heading: Element): string {
  return heading.textContent.replace(/\s*[¶#\uf0c1🔗]+\s*$/u, '');
}
