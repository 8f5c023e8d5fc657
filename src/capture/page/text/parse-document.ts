import { parseHTML } from 'linkedom';
import { flattenShadowRoots } from './flatten-shadow-roots.ts';

/** What has no place in text, whatever else is done. */
const inert = 'script:not([type="application/ld+json"]), style, noscript, link[rel="stylesheet"]';

/** A document to read text from: shadow trees laid out flat, scripts and styles gone, boxes of task lists as signs. */
export function parseDocument(html: string): Document {
  const whole = /<body[\s>]/i.test(html)
    ? html
    : `<!doctype html><html><head></head><body>${html}</body></html>`;
  const { document } = parseHTML(whole);
  for (const element of document.querySelectorAll(inert)) element.remove();
  for (const box of document.querySelectorAll('li input[type="checkbox"]'))
    box.replaceWith(box.hasAttribute('checked') ? '☑ ' : '☐ ');
  flattenShadowRoots(document);
  joinText(document);
  return document;
}

/** Makes one text node of neighbours: the parser begins a new one at every entity, and `<` is told by what follows it. */
function joinText(document: Document): void {
  const open: Node[] = [document.documentElement];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    let run: Text[] = [];
    const close = () => {
      if (run.length > 1) {
        run[0]!.data = run.map((text) => text.data).join('');
        for (const text of run.slice(1)) text.remove();
      }
      run = [];
    };
    for (const child of [...node.childNodes]) {
      if (child.nodeType === 3) run.push(child as Text);
      else {
        close();
        if (child.nodeType === 1) open.push(child);
      }
    }
    close();
  }
}

/** The address that relative links of the document stand on (HTML, "document base URL"). */
export function baseUrlOf(document: Document, url: string): string {
  const href = document.querySelector('base[href]')?.getAttribute('href') ?? '';
  return absoluteUrl(href, url) ?? url;
}

/** An absolute http or https URL; undefined for every other scheme and for what is no URL. */
export function absoluteUrl(href: string | null | undefined, base: string): string | undefined {
  if (!href?.trim()) return undefined;
  const address = href.trim();
  if (!URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
}
