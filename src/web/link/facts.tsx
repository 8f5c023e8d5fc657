import type { ReactNode } from 'react';
import type { Link, Snapshot } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { readableUrl } from '../library/link-facts.ts';
import { FactList } from '../ui/fact-list.tsx';

/** What is known about a version. */
export function Facts({ link, snapshot }: { link: Link; snapshot: Snapshot }) {
  const t = useTexts();
  const formats = useFormats();
  const { facts } = t.link;
  const { measures } = snapshot;
  const published = Date.parse(snapshot.publishedAt);
  const digest = snapshot.digest === null ? '' : <Digest digest={snapshot.digest} />;
  const rows: [string, ReactNode][] = [
    [facts.author, snapshot.author],
    [facts.site, snapshot.siteName],
    [facts.published, Number.isNaN(published) ? snapshot.publishedAt : formats.dateTime(published)],
    [facts.language, snapshot.language],
    [
      facts.address,
      snapshot.finalUrl && snapshot.finalUrl !== link.url ? readableUrl(snapshot.finalUrl) : '',
    ],
    [facts.taken, formats.dateTime(snapshot.takenAt)],
    [facts.took, measures.durationMs > 0 ? formats.duration(measures.durationMs) : ''],
    [facts.size, measures.sizeBytes > 0 ? formats.bytes(measures.sizeBytes) : ''],
    [
      facts.resources,
      measures.resources === 0 || snapshot.kind !== 'page'
        ? ''
        : measures.missing > 0
          ? t.link.missingOf(measures.missing, measures.resources)
          : formats.number(measures.resources),
    ],
    [facts.digest, digest],
    [facts.added, formats.dateTime(link.addedAt)],
  ];
  return <FactList rows={rows} />;
}

function Digest({ digest }: { digest: string }) {
  return (
    <code className="font-mono text-xs" title={digest}>
      {digest.slice(0, 19)}…
    </code>
  );
}
