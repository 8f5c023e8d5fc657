const blocks = new Set(
  `address article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr
  li main ol p pre section summary table tbody td tfoot th thead tr ul`.split(/\s+/),
);
/** Blocks with an empty line around them. */
const apart = new Set('blockquote dl figure h1 h2 h3 h4 h5 h6 ol p pre table ul'.split(' '));

/** The text under a node as a person would type it: a line for a block, an empty line between paragraphs, tabs between cells. */
export function readableText(root: Node): string {
  const writer = createWriter();
  const open: { node: Node | null; end: () => void }[] = [{ node: root.firstChild, end: () => {} }];
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const { node } = level;
    if (node === null) {
      level.end();
      open.pop();
      continue;
    }
    level.node = node.nextSibling;
    if (node.nodeType === 3) writer.write(node.textContent ?? '');
    if (node.nodeType !== 1) continue;
    const name = (node as Element).localName;
    if (name === 'br') writer.newLine();
    const isCell = name === 'td' || name === 'th';
    if (isCell) writer.tab();
    else if (blocks.has(name)) writer.block(apart.has(name));
    if (name === 'li') writer.write('• ');
    if (name === 'pre') writer.verbatim(1);
    const end = () => {
      if (name === 'pre') writer.verbatim(-1);
      if (!isCell && blocks.has(name)) writer.block(apart.has(name));
    };
    open.push({ node: node.firstChild, end });
  }
  return writer.text();
}

function createWriter() {
  const lines: string[] = [];
  let line = '';
  let pre = 0;
  const flush = () => {
    const text = pre > 0 ? line.trimEnd() : line.replace(/^ +| +$/g, '');
    // A bullet whose text stands in a block of its own waits for it.
    if (text === '•') {
      line = '• ';
      return;
    }
    if (text !== '') lines.push(text);
    line = '';
  };
  const gap = () => {
    if (lines.length > 0 && lines.at(-1) !== '' && line === '') lines.push('');
  };
  return {
    write(text: string) {
      if (pre === 0) {
        const tidy = text.replace(/[\s\u200b\ufeff]+/g, ' ');
        line += line === '' || /\s$/.test(line) ? tidy.trimStart() : tidy;
        return;
      }
      const [first, ...rest] = text.split('\n');
      line += first;
      for (const one of rest) {
        lines.push(line.trimEnd());
        line = one;
      }
    },
    newLine() {
      if (pre > 0) lines.push(line.trimEnd());
      else if (line.trim() !== '') lines.push(line.trim());
      line = '';
    },
    tab() {
      if (line !== '') line = `${line.trimEnd()}\t`;
    },
    block(isApart: boolean) {
      flush();
      if (isApart) gap();
    },
    verbatim(change: 1 | -1) {
      if (change === -1) flush();
      pre += change;
    },
    text() {
      flush();
      return lines
        .join('\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
    },
  };
}
