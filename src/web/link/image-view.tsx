import { useQuery } from '@tanstack/react-query';
import { contentsQuery, snapshotImageQuery } from '../api/image-queries.ts';
import type { ContentsRoot, Snapshot, SnapshotContents } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { PlatformList } from '../image/platform-list.tsx';
import { ShortDigest } from '../ui/copy.tsx';
import { rowsClass } from '../ui/expander.tsx';
import { FactList } from '../ui/fact-list.tsx';
import { ErrorState, Skeleton } from '../ui/states.tsx';
import { PullLines } from './pull-lines.tsx';

/** An image: how it is named, for which platforms it is, and what belongs to it. */
export function ImageView({ snapshot }: { snapshot: Snapshot }) {
  const t = useTexts();
  const query = useQuery(contentsQuery(snapshot.id));
  if (query.error)
    return <ErrorState title={t.kept.failed} error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton className="h-64" />;
  return <Image snapshot={snapshot} contents={query.data} />;
}

function Image({ snapshot, contents }: { snapshot: Snapshot; contents: SnapshotContents }) {
  const t = useTexts();
  const images = contents.roots.filter(({ role }) => role === 'image');
  const attached = contents.roots.filter(({ role }) => role !== 'image');
  return (
    <div className="space-y-6" data-testid="image-view">
      {images.map((root) => (
        <section key={`${root.repository} ${root.digest}`} className="space-y-4">
          <RootFacts root={root} contents={contents} />
          <PullLines kind="image" root={root} />
          <div>
            <h3 className="mb-1.5 text-sm font-semibold">{t.image.platforms}</h3>
            <PlatformList
              images={root.platforms}
              detail={(digest) => snapshotImageQuery(snapshot.id, digest)}
            />
          </div>
        </section>
      ))}
      {attached.length > 0 ? (
        <section>
          <h3 className="text-sm font-semibold">{t.image.attached}</h3>
          <p className="mb-1.5 text-sm text-ink-2">{t.image.attachedText}</p>
          <ul className={rowsClass}>
            {attached.map((root) => (
              <AttachedRow key={root.digest} root={root} />
            ))}
          </ul>
        </section>
      ) : null}
      {contents.omitted > 0 ? (
        <p className="text-sm text-ink-3">{t.image.omitted(contents.omitted)}</p>
      ) : null}
    </div>
  );
}

function RootFacts({ root, contents }: { root: ContentsRoot; contents: SnapshotContents }) {
  const t = useTexts();
  const formats = useFormats();
  const sum = root.platforms.reduce((total, image) => total + image.sizeBytes, 0);
  const saved = sum - root.sizeBytes;
  return (
    <FactList
      rows={[
        [t.image.imageTags, <ImageTags key="tags" tags={root.imageTags} />],
        [t.file.digest, <ShortDigest key="digest" digest={root.digest} what={t.file.digest} />],
        [
          t.file.size,
          <span key="size" className="tnum">
            {formats.bytes(root.sizeBytes)}
            {saved > contents.uniqueBytes / 100 ? (
              <span className="text-ink-3"> · {t.image.saved(formats.bytes(saved))}</span>
            ) : null}
          </span>,
        ],
        [
          t.file.type,
          <span key="type" className="text-xs break-all text-ink-3">
            {root.mediaType}
          </span>,
        ],
      ]}
    />
  );
}

/** Image tags one after the other. */
export function ImageTags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return '–';
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <code
          key={tag}
          className="rounded bg-sunken px-1.5 font-mono text-xs leading-5 ring-1 ring-line ring-inset"
        >
          {tag}
        </code>
      ))}
    </span>
  );
}

/** An artifact that belongs to an image. */
export function AttachedRow({ root }: { root: ContentsRoot }) {
  const t = useTexts();
  const formats = useFormats();
  const name = root.role === 'signature' ? t.image.signature : (root.artifactType ?? t.image.artifact);
  return (
    <li className="flex flex-wrap items-center gap-x-3 px-3 py-1.5 text-sm">
      <span className="min-w-0 flex-1 basis-40 truncate" title={root.imageTags.join(', ')}>
        {name}
      </span>
      <ShortDigest digest={root.digest} what={t.file.digest} />
      <span className="tnum w-16 text-right text-xs text-ink-2">{formats.bytes(root.sizeBytes)}</span>
    </li>
  );
}
