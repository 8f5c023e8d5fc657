import { ExternalLink, FileX, Monitor, MoveHorizontal, Smartphone } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Snapshot } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { safeHref } from '../library/link-facts.ts';
import { iconButtonClass } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { EmptyState } from '../ui/states.tsx';

type Width = 'fit' | 'desktop' | 'phone';
const pixels: Record<Exclude<Width, 'fit'>, number> = { desktop: 1280, phone: 390 };

/** The page as it was, from the isolated origin: no script, no request beyond what was kept. */
export function ReplayView({ snapshot, name }: { snapshot: Snapshot; name: string }) {
  const t = useTexts();
  const [width, setWidth] = useState<Width>('fit');
  const src = snapshot.replayUrl === null ? undefined : safeHref(snapshot.replayUrl);
  if (src === undefined) return <NoReplay snapshot={snapshot} />;
  return (
    <div>
      <div className="mb-2 flex items-center gap-2">
        <Segmented
          label={t.replay.width}
          value={width}
          onChange={setWidth}
          iconsOnly
          options={[
            { value: 'fit', label: t.replay.fit, icon: <MoveHorizontal size={16} aria-hidden /> },
            { value: 'desktop', label: t.replay.desktop, icon: <Monitor size={16} aria-hidden /> },
            { value: 'phone', label: t.replay.phone, icon: <Smartphone size={16} aria-hidden /> },
          ]}
        />
        <p className="min-w-0 flex-1 truncate text-xs text-ink-3 max-sm:invisible" title={t.replay.note}>
          {t.replay.note}
        </p>
        <a
          href={src}
          target="_blank"
          rel="noopener noreferrer"
          className={iconButtonClass}
          aria-label={t.replay.ownTab}
          title={t.replay.ownTab}
        >
          <ExternalLink size={17} aria-hidden />
        </a>
      </div>
      <Frame src={src} width={width} title={t.replay.frame(name)} />
    </div>
  );
}

/** The frame, laid out at the width asked for and made smaller where the place is narrower. */
function Frame({ src, width, title }: { src: string; width: Width; title: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(0);
  useLayoutEffect(() => {
    const read = (): void => setPlace(box.current?.clientWidth ?? 0);
    read();
    const observer = new ResizeObserver(read);
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  const wanted = width === 'fit' ? place : pixels[width];
  const scale = wanted > place && wanted > 0 ? place / wanted : 1;
  return (
    <div
      ref={box}
      className="flex h-[max(28rem,calc(100dvh-12rem))] justify-center overflow-hidden rounded-lg border border-line bg-sunken"
    >
      <div style={{ width: wanted * scale, height: '100%' }} className="shrink-0">
        <iframe
          data-testid="replay-frame"
          sandbox=""
          referrerPolicy="no-referrer"
          src={src}
          title={title}
          className="origin-top-left border-0 bg-white"
          style={{
            width: wanted || '100%',
            height: `${100 / scale}%`,
            transform: scale === 1 ? undefined : `scale(${scale})`,
          }}
        />
      </div>
    </div>
  );
}

function NoReplay({ snapshot }: { snapshot: Snapshot }) {
  const t = useTexts();
  return (
    <EmptyState
      className="rounded-lg border border-line"
      icon={<FileX size={22} aria-hidden />}
      title={snapshot.digest === null ? t.link.emptyVersion : t.replay.none}
    />
  );
}
