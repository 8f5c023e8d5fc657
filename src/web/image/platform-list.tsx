import type { PlatformImage } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { Expander, rowsClass } from '../ui/expander.tsx';
import { type DetailQuery, ImageDetailView } from './image-detail.tsx';

/** The images behind a root, one for each platform; the layers of each are asked for when it is opened. */
export function PlatformList({ images, detail }: { images: readonly PlatformImage[]; detail: DetailQuery }) {
  const t = useTexts();
  const formats = useFormats();
  return (
    <div className={rowsClass}>
      {images.map((image) => {
        const name = image.platform ?? t.image.artifact;
        if (!image.held)
          return (
            <p key={image.digest} className="flex items-center gap-2 py-2 pr-3 pl-8.5 text-sm text-ink-3">
              <span className="flex-1">{name}</span>
              {t.image.notHeld}
            </p>
          );
        return (
          <Expander
            key={image.digest}
            testId="platform"
            openAtFirst={images.length === 1}
            head={
              <>
                <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
                {image.created ? (
                  <span className="text-xs text-ink-3 max-sm:hidden">
                    {t.image.built} {formats.dateTime(image.created)}
                  </span>
                ) : null}
                <span className="tnum w-16 text-right text-xs text-ink-3">
                  {t.image.layerCount(image.layers)}
                </span>
                <span className="tnum w-16 text-right text-xs">{formats.bytes(image.sizeBytes)}</span>
              </>
            }
          >
            {() => <ImageDetailView query={detail(image.digest)} />}
          </Expander>
        );
      })}
    </div>
  );
}
