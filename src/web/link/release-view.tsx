import { useQuery } from '@tanstack/react-query';
import { contentsQuery, snapshotImageQuery } from '../api/image-queries.ts';
import type { Snapshot } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { detailsOf } from '../library/kind-facts.ts';
import { ShortDigest } from '../ui/copy.tsx';
import { FactList } from '../ui/fact-list.tsx';
import { ErrorState, Skeleton } from '../ui/states.tsx';
import { ComponentList } from './component-list.tsx';
import { ImageTags } from './image-view.tsx';
import { PullLines } from './pull-lines.tsx';
import { SignatureState } from './signature-state.tsx';

/** A release: which it is, whether it is signed, and its components. */
export function ReleaseView({ snapshot }: { snapshot: Snapshot }) {
  const t = useTexts();
  const formats = useFormats();
  const query = useQuery(contentsQuery(snapshot.id));
  if (query.error)
    return <ErrorState title={t.kept.failed} error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-96" />;
  const { roots, totalBytes, uniqueBytes } = query.data;
  const release = roots.find(({ role }) => role === 'release');
  const { version, architecture } = detailsOf(snapshot, 'releaseMirrored');
  const saved = totalBytes - uniqueBytes;
  return (
    <div className="space-y-5" data-testid="release-view">
      <FactList
        rows={[
          [t.release.version, version === undefined ? '' : `${version} (${architecture})`],
          [
            t.release.releaseImage,
            release ? (
              <span key="image" className="flex flex-wrap items-center gap-x-2">
                <ImageTags tags={release.imageTags} />
                <ShortDigest digest={release.digest} what={t.release.releaseImage} />
              </span>
            ) : (
              ''
            ),
          ],
          [
            t.file.size,
            <span key="size" className="tnum">
              {formats.bytes(uniqueBytes)}
              {saved > 0 ? (
                <span className="text-ink-3"> · {t.image.saved(formats.bytes(saved))}</span>
              ) : null}
            </span>,
          ],
        ]}
      />
      <SignatureState snapshot={snapshot} />
      {release ? <PullLines kind="release" root={release} /> : null}
      <ComponentList
        roots={roots.filter(({ role }) => role === 'component')}
        detail={(digest) => snapshotImageQuery(snapshot.id, digest)}
      />
    </div>
  );
}
