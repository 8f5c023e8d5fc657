import TurndownService from 'turndown';
import { escapeMarkup } from './escape-markdown.ts';
import { groupNames, groupSiblings, parentOf } from './group-siblings.ts';
import { addTables } from './markdown-tables.ts';

/** A clean document as GitHub Flavored Markdown: fenced code, tables, task lists, absolute links, no raw HTML. Changes the document. */
export function toMarkdown(root: HTMLElement): string {
  groupSiblings(root);
  const service = new TurndownService({
    headingStyle: 'atx',
    hr: '---',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '*',
  });
  const escapeOwn = service.escape.bind(service);
  service.escape = (text) => escapeMarkup(escapeOwn(text));
  service.addRule('group', {
    filter: (node) => groupNames.includes(node.localName),
    replacement: (content) => content,
  });
  addLinks(service);
  addCode(service);
  addLists(service);
  addTables(service);
  service.addRule('struck', { filter: ['del', 's'], replacement: (content) => wrapped(content, '~~') });
  const markdown = service.turndown(root);
  return (
    markdown
      .replace(
        /^(\s*(?:[-*+]|\d+\.)\s+)([☑☐]) ?/gmu,
        (_, bullet, box) => `${bullet}[${box === '☑' ? 'x' : ' '}] `,
      )
      // Chinese paragraphs are indented by wide spaces.
      .replace(/^\u3000+/gm, '')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}

function addLinks(service: TurndownService): void {
  service.addRule('link', {
    filter: 'a',
    replacement: (content, node) => {
      const href = (node as Element).getAttribute('href');
      // A link may hold a heading; within a line its mark would be text.
      const text = content
        .replace(/^\s*#{1,6} /gm, '')
        .replace(/\s*\n\s*/g, ' ')
        .trim();
      if (!href || text === '') return content;
      const around = /^(\s*)[\s\S]*?(\s*)$/.exec(content)!;
      return `${around[1] ? ' ' : ''}[${text}](${destination(href)})${around[2] ? ' ' : ''}`;
    },
  });
  service.addRule('picture', {
    filter: 'img',
    replacement: (_content, node) => {
      const element = node as Element;
      const alt = service.escape((element.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim());
      const origin = element.getAttribute('data-origin');
      return origin ? `![${alt}](${destination(origin)})` : alt;
    },
  });
}

/** A URL that cannot end its own parentheses; the parser left no space and no angle bracket in it. */
function destination(url: string): string {
  return url.replace(
    /[()<>\s\\]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function addLists(service: TurndownService): void {
  const counted = new WeakMap<Element, number>();
  service.addRule('item', {
    filter: 'li',
    replacement: (content, node) => {
      const list = parentOf(node as Element);
      const start = Number.parseInt(list?.getAttribute('start') ?? '1', 10) || 1;
      const number = list === null ? start : (counted.get(list) ?? start);
      if (list !== null) counted.set(list, number + 1);
      const mark = list?.localName === 'ol' ? `${number}. ` : '- ';
      const text = content.trim().replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`);
      // One too many at the end is trimmed where the list ends.
      return `${mark}${text}\n`;
    },
  });
}

function addCode(service: TurndownService): void {
  service.addRule('block of code', {
    filter: 'pre',
    replacement: (_content, node) => {
      const element = node as Element;
      const language =
        [element, element.querySelector('code')]
          .map((one) => /language-(\S+)/.exec(one?.getAttribute('class') ?? '')?.[1])
          .find((name) => name !== undefined) ?? '';
      const code = textWithBreaks(element).replace(/^\n|\s+$/g, '');
      const fence = '`'.repeat(Math.max(3, longestRun(code) + 1));
      return `\n\n${fence}${language}\n${code}\n${fence}\n\n`;
    },
  });
}

function textWithBreaks(root: Node): string {
  const parts: string[] = [];
  const open: Node[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.nodeType === 3) parts.push(node.textContent ?? '');
    else if ((node as Element).localName === 'br') parts.push('\n');
    else open.push(...[...node.childNodes].reverse());
  }
  return parts.join('').replaceAll('\u00a0', ' ');
}

function longestRun(code: string): number {
  return (code.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

function wrapped(content: string, mark: string): string {
  const text = content.trim();
  return text === '' ? '' : `${mark}${text}${mark}`;
}
