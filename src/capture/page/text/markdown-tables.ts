import type TurndownService from 'turndown';
import { childrenOf, parentOf } from './group-siblings.ts';

const blockInCell = 'table, pre, ul, ol, blockquote, h1, h2, h3, h4, h5, h6, hr';
const maxColumns = 100;

/**
 * Rules for tables (GFM 4.10). One whose cells hold blocks, or that has a single column, lays a page out rather than
 * holding data: its cells become paragraphs.
 */
export function addTables(service: TurndownService): void {
  // Filled from the inside out, since a rule is given its content made already; so each cell is made once.
  const cells = new WeakMap<Element, string>();
  service.addRule('cell', {
    filter: ['td', 'th'],
    replacement: (content, node) => {
      cells.set(node as Element, content);
      return `\n\n${content.trim()}\n\n`;
    },
  });
  service.addRule('row', { filter: ['tr', 'thead', 'tbody', 'tfoot'], replacement: (content) => content });
  service.addRule('caption', { filter: 'caption', replacement: (content) => `\n\n${content.trim()}\n\n` });
  service.addRule('table', {
    filter: 'table',
    replacement: (content, node) => {
      const table = node as Element;
      const rows = rowsOf(table).map((row) => cellsOf(row, cells));
      const columns = Math.min(
        maxColumns,
        rows.reduce((widest, row) => Math.max(widest, row.length), 0),
      );
      if (columns < 2 || table.querySelector(blockInCell) !== null) return `\n\n${content.trim()}\n\n`;
      const caption = childOf(table, ['caption'])[0];
      const title = caption === undefined ? '' : `${oneLine(caption.textContent)}\n\n`;
      const hasHeader = isHeader(rowsOf(table)[0]!);
      const [header, ...body] = hasHeader ? rows : [[], ...rows];
      const lines = [header!, Array<string>(columns).fill('---'), ...body].map((row) => line(row, columns));
      return `\n\n${title}${lines.join('\n')}\n\n`;
    },
  });
}

function rowsOf(table: Element): Element[] {
  return childrenOf(table).flatMap((child) =>
    child.localName === 'tr'
      ? [child]
      : ['thead', 'tbody', 'tfoot'].includes(child.localName)
        ? childOf(child, ['tr'])
        : [],
  );
}

function cellsOf(row: Element, made: WeakMap<Element, string>): string[] {
  return childOf(row, ['td', 'th']).flatMap((cell) => {
    const span = Math.min(
      maxColumns,
      Math.max(1, Number.parseInt(cell.getAttribute('colspan') ?? '1', 10) || 1),
    );
    return [oneLine(made.get(cell) ?? '').replace(/(?<!\\)\|/g, '\\|'), ...Array<string>(span - 1).fill('')];
  });
}

function isHeader(row: Element): boolean {
  return parentOf(row)?.localName === 'thead' || childOf(row, ['td']).length === 0;
}

function childOf(parent: Element, names: readonly string[]): Element[] {
  return childrenOf(parent).filter((child) => names.includes(child.localName));
}

function line(cells: readonly string[], columns: number): string {
  const padded = Array.from({ length: columns }, (_, column) => cells[column] ?? '');
  return `| ${padded.join(' | ')} |`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
