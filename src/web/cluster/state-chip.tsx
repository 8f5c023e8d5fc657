import type { Cluster } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';

const looks = {
  notStarted: 'bg-mute-soft text-mute',
  unknown: 'bg-mute-soft text-mute',
  running: 'bg-accent-soft text-accent',
  finished: 'bg-good-soft text-good',
} as const;

/** How far the installation of a cluster is, in a word. */
export function StateChip({ state }: { state: Cluster['state'] }) {
  const t = useTexts().cluster;
  const known = state ?? 'unknown';
  return (
    <span
      data-testid="cluster-state"
      data-state={known}
      className={cx(
        'inline-flex h-6 shrink-0 items-center rounded-md px-2 text-xs font-medium whitespace-nowrap',
        looks[known],
      )}
    >
      {t.states[known]}
    </span>
  );
}
