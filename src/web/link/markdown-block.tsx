// biome-ignore-all lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard
import { cx } from '../ui/cx.ts';
import type { Block, Inline } from './parse-markdown.ts';

const headings = [
  'text-2xl mt-8 leading-9',
  'text-xl mt-8',
  'text-lg mt-6',
  'text-base mt-5',
  'text-base mt-4',
  'text-base mt-4',
];

/** One block of readable text. All of it comes from a page, so it is only ever set as text. */
export function MarkdownBlock({ block }: { block: Block }) {
  switch (block.type) {
    case 'heading': {
      const Name = `h${Math.min(6, block.level + 1)}` as 'h2';
      return (
        <Name className={cx('mb-2 font-semibold text-balance first:mt-0', headings[block.level - 1])}>
          <Runs inlines={block.inlines} />
        </Name>
      );
    }
    case 'paragraph':
      return (
        <p className="my-4 whitespace-pre-wrap text-pretty">
          <Runs inlines={block.inlines} />
        </p>
      );
    case 'quote':
      return (
        <blockquote className="my-4 border-l-2 border-line-strong pl-4 text-ink-2">
          <Runs inlines={block.inlines} />
        </blockquote>
      );
    case 'item':
      return (
        <div className="my-1.5 flex gap-2.5" style={{ paddingInlineStart: block.depth * 20 }}>
          <span className="tnum min-w-3 shrink-0 text-ink-3">{block.marker}</span>
          <span className="min-w-0">
            <Runs inlines={block.inlines} />
          </span>
        </div>
      );
    case 'code':
      return (
        <pre
          tabIndex={0}
          dir="ltr"
          className="my-4 overflow-x-auto rounded-lg bg-sunken p-3 font-mono text-sm leading-5.5 ring-1 ring-line ring-inset"
        >
          {block.text}
        </pre>
      );
    case 'table':
      return (
        <div tabIndex={0} className="my-4 overflow-x-auto rounded-lg border border-line">
          <table className="w-full text-sm">
            <tbody>
              {block.rows.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the text of a snapshot never changes
                <tr key={at} className="border-b border-line first:bg-sunken first:font-medium last:border-0">
                  {row.map((cell, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the text of a snapshot never changes
                    <td key={column} className="px-3 py-1.5 align-top">
                      <Runs inlines={cell} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case 'rule':
      return <hr className="my-6 border-line" />;
  }
}

function Runs({ inlines }: { inlines: readonly Inline[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the text of a snapshot never changes
  return inlines.map((run, index) => <Run key={index} run={run} />);
}

function Run({ run }: { run: Inline }) {
  if (run.href)
    return (
      <a
        href={run.href}
        target="_blank"
        rel="noopener noreferrer"
        className="text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent"
      >
        <Run run={{ ...run, href: undefined }} />
      </a>
    );
  if (run.style === 'strong') return <strong className="font-semibold">{run.text}</strong>;
  if (run.style === 'em') return <em>{run.text}</em>;
  if (run.style === 'code')
    return <code className="rounded bg-sunken px-1 py-0.5 font-mono text-[0.85em]">{run.text}</code>;
  return run.text;
}
