import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { contentsQuery } from '../api/image-queries.ts';
import { formatPath } from '../api/paths.ts';
import type { Snapshot } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { kindIcon } from '../library/kind-icon.ts';
import { buttonClass } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy.tsx';
import { FactList } from '../ui/fact-list.tsx';
import { ErrorState, Skeleton } from '../ui/states.tsx';

/** A file as it was kept: what it is, by what it was checked, and the way to have it. */
export function FileView({ snapshot }: { snapshot: Snapshot }) {
  const t = useTexts();
  const formats = useFormats();
  const query = useQuery(contentsQuery(snapshot.id));
  if (query.error)
    return <ErrorState title={t.kept.failed} error={query.error} onRetry={() => void query.refetch()} />;
  const file = query.data?.file;
  if (!file) return <Skeleton className="h-64" />;
  const Icon = kindIcon('file', file.mediaType);
  const { durationMs } = snapshot.measures;
  const rate = durationMs > 0 ? formats.bytes((file.sizeBytes / durationMs) * 1000) : '';
  const checks = snapshot.evidence.filter(({ code }) => code.startsWith('checksum'));
  return (
    <section className="rounded-xl border border-line bg-surface p-4 sm:p-6" data-testid="file-view">
      <div className="flex flex-wrap items-start gap-4">
        <div className="flex size-14 shrink-0 items-center justify-center rounded-xl bg-sunken text-ink-2 ring-1 ring-line ring-inset">
          <Icon size={26} strokeWidth={1.5} aria-hidden />
        </div>
        <div className="min-w-0 flex-1 basis-56">
          <h2 className="text-lg font-semibold break-all">{file.name}</h2>
          <p className="tnum mt-0.5 text-sm text-ink-2">
            {formats.bytes(file.sizeBytes)}
            <span className="text-ink-3"> · {file.mediaType}</span>
          </p>
        </div>
        <a href={formatPath(snapshot.id, 'file', true)} download className={buttonClass('main')}>
          <Download size={16} aria-hidden />
          {t.act.download}
        </a>
      </div>
      <h3 className="mt-6 mb-1.5 text-sm font-semibold">{t.file.digest}</h3>
      <CopyLine text={file.digest} what={t.file.digest} />
      <div className="mt-4">
        <FactList
          rows={[
            [
              t.file.checked,
              checks.length === 0 ? t.file.unchecked : checks.map(({ text }) => <p key={text}>{text}</p>),
            ],
            [t.file.took, rate ? t.file.tookText(formats.duration(durationMs), rate) : ''],
          ]}
        />
      </div>
    </section>
  );
}
