import { absoluteUrl } from './parse-document.ts';

/** Elements that are kept, each with the attributes that it may have. */
const kept: Readonly<Record<string, readonly string[]>> = {
  a: ['href'],
  img: ['src', 'alt', 'width', 'height'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  ol: ['start', 'reversed'],
  time: ['datetime'],
  ...Object.fromEntries(
    `p h1 h2 h3 h4 h5 h6 ul li dl dt dd blockquote pre code kbd samp var em strong b i u s del ins sub sup small
    mark abbr cite q figure figcaption table caption thead tbody tfoot tr br hr ruby rt rp bdi bdo div span section
    article header details summary`
      .split(/\s+/)
      .map((name) => [name, []]),
  ),
};

/** Elements that go with all that is in them. */
const dropped = new Set(
  `script style noscript template iframe frame object embed applet svg canvas audio video source track link meta base
  input select textarea option datalist progress meter map area dialog math`.split(/\s+/),
);

const empty = new Set(['img', 'br', 'hr']);
const inEvery = ['lang', 'dir'];
/** Deeper than this, elements are left out and their text is kept: nothing that people write goes so deep. */
const maxDepth = 100;

export interface CleanOptions {
  readonly base: string;
  readonly references: Readonly<Record<string, string>>;
}

/**
 * Writes what is under a node as HTML without active content: only known elements and attributes are written, so what
 * is not understood cannot pass. Links are absolute. A picture's `src` is its reference in the snapshot, or is left
 * out; where it came from stands in `data-origin`.
 */
export function cleanHtml(root: Node, options: CleanOptions): string {
  const parts: string[] = [];
  const open: { node: Node | null; end: string; depth: number }[] = [
    { node: root.firstChild, end: '', depth: 0 },
  ];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const { node } = level;
    if (node === null) {
      parts.push(level.end);
      open.pop();
      continue;
    }
    level.node = node.nextSibling;
    if (node.nodeType === 3) parts.push(escapeHtml(node.textContent ?? ''));
    if (node.nodeType !== 1) continue;
    const element = node as Element;
    const name = element.localName.toLowerCase();
    if (dropped.has(name) || isLineNumber(element)) continue;
    const attributes = attributesOf(element, name, options);
    // A link to nowhere and a span of nothing are their text.
    const idle = (name === 'a' || name === 'span') && attributes === '';
    const written = Object.hasOwn(kept, name) && !idle && (level.depth < maxDepth || name === 'br');
    if (written) parts.push(`<${name}${attributes}>`);
    if (empty.has(name)) continue;
    open.push({ node: element.firstChild, end: written ? `</${name}>` : '', depth: level.depth + 1 });
  }
  return parts.join('');
}

function attributesOf(element: Element, name: string, options: CleanOptions): string {
  const values: [string, string][] = [];
  for (const key of [...(kept[name] ?? []), ...inEvery]) {
    const value = element.getAttribute(key);
    if (value === null) continue;
    if (key === 'src') values.push(...pictureAttributes(value, options));
    else if (key === 'href') values.push(['href', linkTo(value, options.base)]);
    else values.push([key, value.slice(0, 2000)]);
  }
  if (name === 'pre' || name === 'code') values.push(['class', codeLanguage(element)]);
  return values
    .filter(([key, value]) => value !== '' || key === 'alt')
    .map(([key, value]) => ` ${key}="${escapeHtml(value)}"`)
    .join('');
}

function pictureAttributes(src: string, { base, references }: CleanOptions): [string, string][] {
  if (/^data:image\/(?:png|jpeg|gif|webp|avif);base64,[a-z0-9+/=]{1,100000}$/i.test(src))
    return [['src', src]];
  const origin = absoluteUrl(src, base);
  if (origin === undefined) return [];
  const reference = Object.hasOwn(references, origin) ? references[origin]! : '';
  return [
    ['src', /^sha256-[0-9a-f]{64}$/.test(reference) ? reference : ''],
    ['data-origin', origin],
  ];
}

/** Nothing for `javascript:` and every other scheme that is no address of a page or a person. */
function linkTo(href: string, base: string): string {
  const web = absoluteUrl(href, base);
  if (web !== undefined) return web;
  const address = href.trim();
  return /^(?:mailto|tel):[^\s<>"'\\]+$/i.test(address) ? address : '';
}

const languageName = /^[a-z][\w+#.-]{0,29}$/i;
const noLanguage = /^(?:default|none|plain|text|plaintext|nohighlight)$/i;

/** `language-<name>` as HTML suggests it, from what the usual highlighters write on the element, in it or around it. */
function codeLanguage(element: Element): string {
  let one: Element | null = element.firstElementChild ?? element;
  for (
    let height = 0;
    one !== null && height < 9;
    height++, one = one === element.firstElementChild ? element : one.parentElement
  ) {
    if (/^(?:body|main|article|section)$/.test(one.localName)) break;
    const named = one.getAttribute('data-lang') ?? one.getAttribute('data-language') ?? '';
    const inClass = /(?:^|\s)(?:lang(?:uage)?-|highlight-(?:source-)?|brush:\s*|sourceCode\s+)(\S+)/i.exec(
      one.getAttribute('class') ?? '',
    )?.[1];
    const found = [inClass?.replace(/;$/, '') ?? '', named].find((name) => languageName.test(name));
    if (found !== undefined && !noLanguage.test(found)) return `language-${found.toLowerCase()}`;
  }
  return '';
}

function isLineNumber(element: Element): boolean {
  return /(?:^|\s)(?:linenos?|lineno|line-numbers?|gutter|headerlink|blob-num)(?:\s|$)/.test(
    element.getAttribute('class') ?? '',
  );
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\0', '\ufffd');
}
