import { Link as RouteLink } from '@tanstack/react-router';
import type { Snapshot } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';
import { Time } from '../ui/time.tsx';
import { verdictIcon } from '../ui/verdict-chip.tsx';

/** The versions of a link on a line through time; one is chosen, one is the shown one. */
export function VersionList({
  linkId,
  versions,
  chosen,
  shown,
  busy,
}: {
  linkId: string;
  versions: readonly Snapshot[];
  chosen: string | undefined;
  shown: string | undefined;
  /** A capture is under way. */
  busy: boolean;
}) {
  const t = useTexts();
  const formats = useFormats();
  if (versions.length === 0)
    return <p className="text-sm text-ink-3">{busy ? t.link.noVersions : t.list.noSnapshot}</p>;
  return (
    <ol className="-mx-2">
      {versions.map((version, index) => (
        <li key={version.id} className="relative">
          {index < versions.length - 1 ? (
            <span aria-hidden className="absolute top-7 left-[1.1875rem] h-full w-px bg-line" />
          ) : null}
          <RouteLink
            to="/links/$linkId"
            params={{ linkId }}
            search={(old) => {
              const { version: _, ...rest } = old as { version?: string };
              return version.id === shown ? rest : { ...rest, version: version.id };
            }}
            replace
            resetScroll={false}
            aria-current={version.id === chosen ? 'true' : undefined}
            activeProps={{}}
            className={cx(
              'relative flex items-start gap-2.5 rounded-lg px-2 py-1.5 text-sm',
              version.id === chosen ? 'bg-accent-soft' : 'hover:bg-hover',
            )}
          >
            <span
              className={cx(
                'z-1 flex size-6 shrink-0 items-center justify-center rounded-full ring-1',
                version.id === chosen ? 'bg-surface ring-accent' : 'bg-surface ring-line',
              )}
            >
              {verdictIcon(version.verdict, 13)}
            </span>
            <span className="min-w-0 flex-1 pt-0.5">
              <span className="flex flex-wrap items-baseline gap-x-2">
                <Time value={version.takenAt} className="font-medium" />
                {version.id === shown ? (
                  <span
                    title={t.link.shownHelp}
                    className="rounded bg-accent px-1 text-xs leading-4.5 font-medium text-on-accent"
                  >
                    {t.link.shown}
                  </span>
                ) : null}
              </span>
              <span className="tnum block text-xs text-ink-3">
                {t.verdict[version.verdict]}
                {version.measures.sizeBytes > 0 ? ` · ${formats.bytes(version.measures.sizeBytes)}` : ''}
              </span>
            </span>
          </RouteLink>
        </li>
      ))}
    </ol>
  );
}
