import { Link as RouteLink } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { useNow } from '../live/use-now.ts';
import { IconButton } from '../ui/button.tsx';
import { linkName } from './link-facts.ts';
import type { AddResult } from './use-add.ts';

const namedAtMost = 5;

/** Says how many were new, and shows the way to those that were here already. */
export function AddResultNote({
  result,
  hasLeft,
  onClose,
}: {
  result: AddResult;
  /** Whether the field still shows the lines that could not be added. */
  hasLeft: boolean;
  onClose: () => void;
}) {
  const t = useTexts();
  const formats = useFormats();
  const now = useNow(60_000);
  return (
    <div className="mt-2 flex items-start gap-2 rounded-lg bg-accent-soft py-1 pr-1 pl-4 text-sm">
      <div className="min-w-0 flex-1 py-1.5">
        <p className="font-medium">{t.add.result(result.created.length, result.known.length)}</p>
        {hasLeft ? <p className="text-ink-2">{t.add.kept}</p> : null}
        {result.known.length > 0 ? (
          <ul className="mt-1 space-y-0.5">
            {result.known.slice(0, namedAtMost).map((link) => (
              <li key={link.id} className="flex min-w-0 items-baseline gap-2">
                <RouteLink
                  to="/links/$linkId"
                  params={{ linkId: link.id }}
                  className="truncate text-accent underline-offset-2 hover:underline"
                >
                  {linkName(link)}
                </RouteLink>
                <span className="shrink-0 text-xs text-ink-2">
                  {t.add.since(formats.relative(link.addedAt, now))}
                </span>
              </li>
            ))}
            {result.known.length > namedAtMost ? (
              <li className="text-ink-2">{t.add.shown(result.known.length - namedAtMost)}</li>
            ) : null}
          </ul>
        ) : null}
      </div>
      <IconButton label={t.act.dismiss} onClick={onClose} className="size-8">
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}
