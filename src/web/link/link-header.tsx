import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { ArrowLeft, Camera, ExternalLink, Trash2 } from 'lucide-react';
import { changeLinks, editLink, requestSnapshot } from '../api/actions.ts';
import type { Link, Snapshot } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { langOf, linkName, readableUrl, safeHref } from '../library/link-facts.ts';
import { useRemove } from '../library/use-remove.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { TagInput } from '../ui/tag-input.tsx';
import { useAct } from '../ui/use-act.ts';
import { DownloadMenu } from './download-menu.tsx';
import { InlineTitle } from './inline-title.tsx';

/** Title, address, tags and actions of a link. */
export function LinkHeader({
  link,
  snapshot,
  busy,
}: {
  link: Link;
  snapshot: Snapshot | undefined;
  busy: boolean;
}) {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const act = useAct();
  const remove = useRemove();
  const href = safeHref(link.url);
  const back = (): void => {
    // The list stands as it was left only behind the browser's own way back.
    if (router.history.canGoBack()) router.history.back();
    else void navigate({ to: '/' });
  };
  const inTrash = link.deletedAt !== null;
  return (
    <header>
      <div className="-ml-2 flex items-center gap-1.5 pt-2 pb-2">
        <Button tone="quiet" onClick={back} className="px-2">
          <ArrowLeft size={17} aria-hidden />
          <span className="max-sm:sr-only">{t.link.back}</span>
        </Button>
        <span className="flex-1" />
        {snapshot ? <DownloadMenu snapshot={snapshot} /> : null}
        <Button disabled={busy || inTrash} onClick={() => void act(() => requestSnapshot(client, link.id))}>
          <Camera size={16} aria-hidden />
          {t.link.snapshot}
        </Button>
        <IconButton
          label={t.link.delete}
          disabled={inTrash}
          className="hover:text-bad"
          onClick={async () => {
            if (await remove([link.id])) void navigate({ to: '/' });
          }}
        >
          <Trash2 size={17} aria-hidden />
        </IconButton>
      </div>
      {inTrash ? (
        <div
          role="status"
          className="mb-3 flex items-center justify-between gap-3 rounded-lg bg-warn-soft py-1.5 pr-2 pl-4 text-sm font-medium text-warn"
        >
          {t.link.inTrash}
          <Button
            small
            onClick={() => void act(() => changeLinks(client, { ids: [link.id], action: 'restore' }))}
          >
            {t.act.restore}
          </Button>
        </div>
      ) : null}
      <InlineTitle
        title={linkName(link)}
        lang={link.ownTitle === null ? langOf(link.snapshot?.language) : undefined}
        onSave={(title) => void act(() => editLink(client, link.id, { title: title === '' ? null : title }))}
      />
      <p className="mt-1 flex min-w-0 items-baseline gap-1 text-sm">
        {href ? (
          <a
            href={href}
            target="_blank"
            rel="noopener noreferrer"
            title={`${t.list.openOriginal}: ${link.url}`}
            className="inline-flex max-w-full min-w-0 items-center gap-1 rounded-sm text-ink-2 hover:text-accent"
          >
            <span className="truncate">{readableUrl(link.url)}</span>
            <ExternalLink size={13} className="shrink-0" aria-hidden />
          </a>
        ) : (
          <span className="truncate text-ink-2">{link.url}</span>
        )}
      </p>
      <div className="mt-2">
        <TagInput
          bare
          tags={link.tags}
          label={t.link.tags}
          onAdd={(addTags) => void act(() => editLink(client, link.id, { addTags }))}
          onRemove={(tag) => void act(() => editLink(client, link.id, { removeTags: [tag] }))}
        />
      </div>
    </header>
  );
}
