import type { ImageDetail } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { ShortDigest } from '../ui/copy.tsx';
import { shortCommand } from './short-command.ts';

/** The layers of an image from the lowest on: how large each is, what made it, and who shares it. */
export function Layers({ layers }: { layers: ImageDetail['layers'] }) {
  const t = useTexts();
  const formats = useFormats();
  const largest = Math.max(...layers.map((layer) => layer.sizeBytes), 1);
  if (layers.length === 0) return <p className="text-sm text-ink-3">{t.image.noLayers}</p>;
  return (
    <ol className="space-y-2" data-testid="layers">
      {layers.map((layer, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an image may name a layer twice, and never changes
        <li key={at} className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 text-sm">
          <p className="min-w-0 truncate font-mono text-xs" title={layer.createdBy || layer.mediaType}>
            {shortCommand(layer.createdBy) || layer.mediaType}
          </p>
          <p className="tnum text-right text-xs whitespace-nowrap">{formats.bytes(layer.sizeBytes)}</p>
          <div className="flex flex-wrap items-center gap-x-2">
            <ShortDigest digest={layer.digest} what={t.file.digest} />
            {layer.uses > 1 ? (
              <span
                title={t.image.sharedHelp(layer.uses)}
                className="truncate rounded bg-accent-soft px-1.5 text-xs leading-5 text-accent"
              >
                {t.image.shared(layer.uses)}
              </span>
            ) : null}
          </div>
          <div aria-hidden className="h-1 w-16 overflow-hidden rounded-full bg-hover sm:w-28">
            <div
              className="h-full rounded-full bg-accent/70"
              style={{ width: `${Math.max(2, (layer.sizeBytes / largest) * 100)}%` }}
            />
          </div>
        </li>
      ))}
    </ol>
  );
}
