import { Popover } from '@base-ui/react/popover';
import { useQueryClient } from '@tanstack/react-query';
import { Camera, Tag as TagIcon, TagsIcon, Trash2, X } from 'lucide-react';
import { type ReactNode, useRef, useState } from 'react';
import { changeLinks } from '../api/actions.ts';
import { useTexts } from '../i18n/texts.tsx';
import { Button, buttonClass, IconButton } from '../ui/button.tsx';
import { TagInput } from '../ui/tag-input.tsx';
import { toastDone } from '../ui/toast-store.ts';
import { useAct } from '../ui/use-act.ts';
import { useRemove } from './use-remove.ts';

/** What can be done with all selected links. */
export default function BulkBar({
  ids,
  loaded,
  onAll,
  onClear,
}: {
  ids: readonly string[];
  loaded: number;
  onAll: () => void;
  onClear: () => void;
}) {
  const t = useTexts();
  const client = useQueryClient();
  const act = useAct();
  const remove = useRemove();
  const tag = (change: { addTags?: string[]; removeTags?: string[] }) =>
    act(async () =>
      toastDone(t.bulk.tagged(await changeLinks(client, { ids: [...ids], action: 'tag', ...change }))),
    );
  const snapshot = () =>
    act(async () => {
      toastDone(t.bulk.asked(await changeLinks(client, { ids: [...ids], action: 'snapshot' })));
      onClear();
    });
  return (
    <div className="pointer-events-none sticky bottom-[calc(4.25rem+env(safe-area-inset-bottom))] z-20 mt-4 flex justify-center lg:bottom-5">
      <section
        aria-label={t.bulk.label}
        data-testid="bulk-bar"
        className="float-panel pointer-events-auto flex max-w-full items-center gap-0.5 p-1.5"
      >
        <IconButton label={t.bulk.clear} onClick={onClear}>
          <X size={18} aria-hidden />
        </IconButton>
        <span className="tnum px-1 text-sm font-medium whitespace-nowrap" aria-live="polite">
          {t.bulk.selected(ids.length)}
        </span>
        {ids.length < loaded ? (
          <Button tone="quiet" small onClick={onAll} className="max-md:hidden">
            {t.bulk.all(loaded)}
          </Button>
        ) : null}
        <span aria-hidden className="mx-1 h-5 w-px bg-line" />
        <TagAction
          label={t.bulk.addTags}
          icon={<TagIcon size={17} aria-hidden />}
          onApply={(addTags) => void tag({ addTags })}
        />
        <TagAction
          label={t.bulk.removeTags}
          icon={<TagsIcon size={17} aria-hidden />}
          knownOnly
          onApply={(removeTags) => void tag({ removeTags })}
        />
        <Button
          tone="quiet"
          aria-label={t.bulk.snapshot}
          title={t.bulk.snapshot}
          onClick={() => void snapshot()}
          className="max-md:w-9 max-md:px-0"
        >
          <Camera size={17} aria-hidden />
          <span className="max-md:hidden">{t.bulk.snapshot}</span>
        </Button>
        <Button
          tone="quiet"
          aria-label={t.bulk.delete}
          title={t.bulk.delete}
          className="text-bad hover:text-bad max-md:w-9 max-md:px-0"
          onClick={() => {
            void remove(ids);
            onClear();
          }}
        >
          <Trash2 size={17} aria-hidden />
          <span className="max-md:hidden">{t.bulk.delete}</span>
        </Button>
      </section>
    </div>
  );
}

function TagAction({
  label,
  icon,
  onApply,
  knownOnly = false,
}: {
  label: string;
  icon: ReactNode;
  onApply: (tags: string[]) => void;
  knownOnly?: boolean;
}) {
  const t = useTexts();
  const [open, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const [tags, setTags] = useState<readonly string[]>([]);
  const apply = (): void => {
    if (tags.length > 0) onApply([...tags]);
    setTags([]);
    setOpen(false);
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className={`${buttonClass('quiet')} max-md:w-9 max-md:px-0`}
        aria-label={label}
        title={label}
      >
        {icon}
        <span className="max-md:hidden">{label}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={10} side="top" collisionPadding={12} className="z-50">
          <Popover.Popup
            initialFocus={field}
            className="float-panel w-80 max-w-[calc(100vw-1.5rem)] p-3 outline-none"
          >
            <Popover.Title className="mb-2 text-sm font-medium">{label}</Popover.Title>
            <TagInput
              tags={tags}
              label={label}
              field={field}
              listBelow
              knownOnly={knownOnly}
              onAdd={(added) => setTags((old) => [...old, ...added])}
              onRemove={(tag) => setTags((old) => old.filter((one) => one !== tag))}
              onSubmit={apply}
            />
            <div className="mt-3 flex justify-end gap-2">
              <Popover.Close className={buttonClass('plain', true)}>{t.act.cancel}</Popover.Close>
              <Button
                tone="main"
                small
                data-testid="bulk-tag-apply"
                disabled={tags.length === 0}
                onClick={apply}
              >
                {t.act.apply}
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
