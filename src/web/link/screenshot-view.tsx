import { ImageOff, ZoomIn, ZoomOut } from 'lucide-react';
import { useState } from 'react';
import { snapshotPath } from '../api/paths.ts';
import type { Snapshot } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/states.tsx';

const steps = [0.25, 0.5, 0.75, 1, 1.5, 2];

/** The full-page screenshot: as wide as the place, or at a scale of its own to be scrolled. */
export function ScreenshotView({ snapshot, name }: { snapshot: Snapshot; name: string }) {
  const t = useTexts();
  const formats = useFormats();
  const [scale, setScale] = useState<number>();
  const [naturalWidth, setNaturalWidth] = useState(0);
  const [broken, setBroken] = useState(false);
  if (!snapshot.formats.includes('png') || broken)
    return (
      <EmptyState
        className="rounded-lg border border-line"
        icon={<ImageOff size={22} aria-hidden />}
        title={t.screenshot.none}
      />
    );
  const zoom = (by: 1 | -1): void => {
    const now = scale ?? 1;
    setScale((by > 0 ? steps.find((step) => step > now) : steps.findLast((step) => step < now)) ?? now);
  };
  return (
    <div>
      <div className="mb-2 flex items-center gap-1">
        <Button tone="quiet" aria-pressed={scale === undefined} onClick={() => setScale(undefined)}>
          {t.screenshot.fit}
        </Button>
        <Button tone="quiet" aria-pressed={scale === 1} onClick={() => setScale(1)}>
          {t.screenshot.actual}
        </Button>
        <span className="flex-1" />
        <IconButton label={t.screenshot.zoomOut} onClick={() => zoom(-1)}>
          <ZoomOut size={17} aria-hidden />
        </IconButton>
        <span className="tnum w-12 text-center text-sm text-ink-3" aria-live="polite">
          {scale === undefined ? '' : formats.percent(scale)}
        </span>
        <IconButton label={t.screenshot.zoomIn} onClick={() => zoom(1)}>
          <ZoomIn size={17} aria-hidden />
        </IconButton>
      </div>
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={t.tabs.screenshot}
        className="h-[max(28rem,calc(100dvh-12rem))] overflow-auto rounded-lg border border-line bg-sunken"
      >
        <img
          src={`${snapshotPath(snapshot.id)}/screenshot`}
          alt={t.screenshot.alt(name)}
          onLoad={(event) => setNaturalWidth(event.currentTarget.naturalWidth)}
          onError={() => setBroken(true)}
          className="mx-auto block max-w-none"
          style={{ width: scale === undefined || naturalWidth === 0 ? '100%' : naturalWidth * scale }}
        />
      </section>
    </div>
  );
}
