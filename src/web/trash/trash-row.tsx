import { Link as RouteLink } from '@tanstack/react-router';
import { RotateCcw, Trash2 } from 'lucide-react';
import type { Link } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { langOf, linkName } from '../library/link-facts.ts';
import { Thumbnail } from '../library/thumbnail.tsx';
import { useNow } from '../live/use-now.ts';
import { Button, IconButton } from '../ui/button.tsx';

/** One link in the trash. */
export function TrashRow({
  link,
  onRestore,
  onPurge,
}: {
  link: Link;
  onRestore: () => void;
  onPurge: () => void;
}) {
  const t = useTexts();
  const formats = useFormats();
  const now = useNow(60_000);
  return (
    <li
      data-testid="link-row"
      data-link-id={link.id}
      data-verdict={link.snapshot?.verdict ?? 'none'}
      className="flex items-center gap-3 border-b border-line px-1 py-2.5 sm:px-2"
    >
      <Thumbnail link={link} className="h-10 w-16 shrink-0 opacity-70 max-sm:hidden" />
      <div className="min-w-0 flex-1">
        <p
          className="truncate text-sm font-medium"
          lang={link.ownTitle === null ? langOf(link.snapshot?.language) : undefined}
        >
          <RouteLink
            to="/links/$linkId"
            params={{ linkId: link.id }}
            className="rounded-sm hover:text-accent"
            title={link.url}
          >
            {linkName(link)}
          </RouteLink>
        </p>
        <p className="truncate text-xs text-ink-3">
          {link.host}
          {link.deletedAt ? (
            <span title={formats.dateTime(link.deletedAt)}>
              {' '}
              · {t.trash.deletedWhen(formats.relative(link.deletedAt, now))}
            </span>
          ) : null}
        </p>
      </div>
      <Button small onClick={onRestore}>
        <RotateCcw size={14} aria-hidden />
        {t.act.restore}
      </Button>
      <IconButton label={t.trash.purge} onClick={onPurge} className="hover:text-bad">
        <Trash2 size={16} aria-hidden />
      </IconButton>
    </li>
  );
}
