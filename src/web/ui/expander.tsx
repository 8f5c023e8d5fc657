import { ChevronRight } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { cx } from './cx.ts';

/** A row that opens: what is inside is made when it is opened for the first time. */
export function Expander({
  head,
  children,
  openAtFirst = false,
  testId,
}: {
  head: ReactNode;
  children: () => ReactNode;
  openAtFirst?: boolean;
  testId?: string;
}) {
  const [open, setOpen] = useState(openAtFirst);
  const id = useId();
  return (
    <div data-testid={testId} className="[content-visibility:auto] [contain-intrinsic-size:auto_3rem]">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        className="flex w-full items-center gap-2 px-3 py-2 text-left text-sm -outline-offset-2 hover:bg-hover/60"
      >
        <ChevronRight
          size={15}
          aria-hidden
          className={cx('shrink-0 text-ink-3 transition-transform', open && 'rotate-90')}
        />
        {head}
      </button>
      {open ? (
        <div id={id} className="border-t border-line/60 bg-sunken/50 px-3 py-3 sm:pl-9">
          {children()}
        </div>
      ) : null}
    </div>
  );
}

/** The frame around rows that open. */
export const rowsClass = 'divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface';
