import { Menu } from '@base-ui/react/menu';
import { ChevronDown, Download } from 'lucide-react';
import { formatPath } from '../api/paths.ts';
import type { Format, Snapshot } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { itemClass, popupClass } from '../ui/popup.ts';

const order: readonly Format[] = ['file', 'html', 'png', 'pdf', 'text', 'md', 'wacz'];

/** A snapshot in each of the forms that it has. */
export function DownloadMenu({ snapshot }: { snapshot: Snapshot }) {
  const t = useTexts();
  const there = order.filter((format) => snapshot.formats.includes(format));
  if (there.length === 0) return null;
  return (
    <Menu.Root>
      <Menu.Trigger className={cx(buttonClass('plain'), 'max-sm:px-2.5')} aria-label={t.link.download}>
        <Download size={16} aria-hidden />
        <span className="max-sm:hidden">{t.link.download}</span>
        <ChevronDown size={14} className="text-ink-3" aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50 outline-none">
          <Menu.Popup className={cx(popupClass, 'min-w-52')}>
            {there.map((format) => (
              <Menu.Item
                key={format}
                className={itemClass}
                render={
                  <a href={formatPath(snapshot.id, format, true)} download>
                    {t.link.formats[format]}
                  </a>
                }
              />
            ))}
            {snapshot.kind === 'page' && !there.includes('pdf') ? (
              <p className="px-2.5 py-1.5 text-xs text-ink-3">{t.link.pdfLater}</p>
            ) : null}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
