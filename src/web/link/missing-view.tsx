import { useQuery } from '@tanstack/react-query';
import { PackageCheck } from 'lucide-react';
import { resourcesQuery } from '../api/queries.ts';
import { type Texts, useTexts } from '../i18n/texts.tsx';
import { readableUrl } from '../library/link-facts.ts';
import { EmptyState, ErrorState, Skeleton } from '../ui/states.tsx';
import { readMissingReason } from './missing-reason.ts';

function reasonText(reason: string, t: Texts): string {
  const read = readMissingReason(reason);
  if (read.type === 'pending') return t.missing.reasons.pending;
  return read.type === 'other' ? read.detail : t.missing.reasons[read.type](read.detail);
}

/** What the page asked for and the version does not have, with the reason of each. */
export function MissingView({ snapshotId }: { snapshotId: string }) {
  const t = useTexts();
  const query = useQuery(resourcesQuery(snapshotId));
  if (query.error)
    return <ErrorState title={t.resources.failed} error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-64" />;
  const { missing } = query.data;
  if (missing.length === 0)
    return (
      <EmptyState
        className="rounded-lg border border-line"
        icon={<PackageCheck size={22} className="text-good" aria-hidden />}
        title={t.missing.noneTitle}
        text={t.missing.noneText}
      />
    );
  return (
    <div>
      <p className="mb-3 text-sm text-ink-2">{t.missing.intro(missing.length)}</p>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
        {missing.map((one) => (
          <li
            key={one.url}
            className="px-3 py-2 [content-visibility:auto] [contain-intrinsic-size:auto_3.5rem]"
          >
            <p className="line-clamp-2" title={one.url.slice(0, 2000)}>
              {readableUrl(one.url).slice(0, 500)}
            </p>
            <p className="text-xs text-warn">{reasonText(one.reason, t)}</p>
          </li>
        ))}
      </ul>
    </div>
  );
}
