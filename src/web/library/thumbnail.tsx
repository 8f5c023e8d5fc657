import { FileText, Globe } from 'lucide-react';
import { useState } from 'react';
import type { Link } from '../api/types.ts';
import { cx } from '../ui/cx.ts';

/** The picture of a link's shown snapshot; a quiet sign where there is none. */
export function Thumbnail({ link, className }: { link: Link; className?: string }) {
  const [broken, setBroken] = useState(false);
  const url = link.snapshot?.thumbnailUrl;
  const Icon = link.snapshot?.kind === 'file' ? FileText : Globe;
  return (
    <div className={cx('overflow-hidden rounded-md bg-sunken ring-1 ring-line ring-inset', className)}>
      {url && !broken ? (
        <img
          src={url}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setBroken(true)}
          className="size-full object-cover object-top"
        />
      ) : (
        <div className="flex size-full items-center justify-center text-ink-3">
          <Icon size={18} strokeWidth={1.5} aria-hidden />
        </div>
      )}
    </div>
  );
}
