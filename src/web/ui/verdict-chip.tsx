import { Popover } from '@base-ui/react/popover';
import { Check, CircleDashed, CircleX, FileQuestion, Scissors } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Snapshot, SnapshotKind, Verdict } from '../api/types.ts';
import { type Texts, useTexts } from '../i18n/texts.tsx';
import { cx } from './cx.ts';

const looks: Record<Verdict, { className: string; icon: (size: number) => ReactNode }> = {
  good: { className: 'text-good', icon: (size) => <Check size={size} strokeWidth={2.5} aria-hidden /> },
  'not-found': {
    className: 'bg-warn-soft text-warn',
    icon: (size) => <FileQuestion size={size} aria-hidden />,
  },
  truncated: { className: 'bg-warn-soft text-warn', icon: (size) => <Scissors size={size} aria-hidden /> },
  blank: { className: 'bg-mute-soft text-mute', icon: (size) => <CircleDashed size={size} aria-hidden /> },
  failed: { className: 'bg-bad-soft text-bad', icon: (size) => <CircleX size={size} aria-hidden /> },
};

/** The sign of a verdict. */
export const verdictIcon = (verdict: Verdict, size = 14): ReactNode => (
  <span className={cx('inline-flex', looks[verdict].className, 'bg-transparent')}>
    {looks[verdict].icon(size)}
  </span>
);

/** What a verdict means for what was kept; the good one is told by its kind. */
export function verdictHelp(
  { verdict, kind }: Pick<Snapshot, 'verdict'> & { kind?: SnapshotKind },
  t: Texts,
): string {
  return verdict === 'good' && kind && kind !== 'page' ? t.kept.good[kind] : t.verdictHelp[verdict];
}

/** What a snapshot is worth; what that rests on opens on hover, focus and touch. */
export function VerdictChip({
  snapshot,
}: {
  snapshot: Pick<Snapshot, 'verdict' | 'evidence'> & { kind?: SnapshotKind };
}) {
  const t = useTexts();
  const look = looks[snapshot.verdict];
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        delay={250}
        data-testid="verdict-chip"
        data-verdict={snapshot.verdict}
        className={cx(
          'inline-flex h-6 shrink-0 items-center gap-1 rounded-md px-1.5 text-xs font-medium whitespace-nowrap',
          look.className,
          snapshot.verdict === 'good' && 'hover:bg-good-soft',
        )}
      >
        {look.icon(13)}
        {t.verdict[snapshot.verdict]}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" collisionPadding={12} className="z-50">
          <Popover.Popup className="float-panel max-w-[min(22rem,calc(100vw-1.5rem))] p-3 text-sm outline-none">
            <Popover.Title className="font-medium">{verdictHelp(snapshot, t)}</Popover.Title>
            <EvidenceList snapshot={snapshot} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** The sentences that a verdict rests on. */
export function EvidenceList({ snapshot }: { snapshot: Pick<Snapshot, 'evidence'> }) {
  if (snapshot.evidence.length === 0) return null;
  return (
    <ul className="mt-2 space-y-1 text-sm text-ink-2">
      {snapshot.evidence.map((evidence) => (
        <li key={`${evidence.code} ${evidence.text}`} className="flex gap-2">
          <span aria-hidden className="mt-2 size-1 shrink-0 rounded-full bg-ink-3" />
          <span className="min-w-0">{evidence.text}</span>
        </li>
      ))}
    </ul>
  );
}
