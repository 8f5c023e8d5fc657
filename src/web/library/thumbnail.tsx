import { useState } from 'react';
import type { Link } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';
import { kindFacts, mediaTypeOf } from './kind-facts.ts';
import { kindIcon, kindOfUrl } from './kind-icon.ts';

/** The picture of a link's shown snapshot; where it has none, a sign of what it is, in a large place with its facts. */
export function Thumbnail({
  link,
  className,
  large = false,
}: {
  link: Link;
  className?: string;
  large?: boolean;
}) {
  const t = useTexts();
  const [broken, setBroken] = useState(false);
  const { snapshot } = link;
  const url = snapshot?.thumbnailUrl;
  const Icon = kindIcon(snapshot?.kind ?? kindOfUrl(link.url), snapshot ? mediaTypeOf(snapshot) : '');
  const [first, ...more] = snapshot ? kindFacts(snapshot, t) : [];
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
        <div className="flex size-full flex-col items-center justify-center gap-0.5 px-2 text-ink-3">
          <Icon size={large ? 32 : 18} strokeWidth={large ? 1.25 : 1.5} aria-hidden />
          {first && large ? (
            <p className="mt-1.5 max-w-full truncate text-base font-medium text-ink-2">{first}</p>
          ) : null}
          {large
            ? more.map((fact) => (
                <p key={fact} className="max-w-full truncate text-xs">
                  {fact}
                </p>
              ))
            : null}
        </div>
      )}
    </div>
  );
}
