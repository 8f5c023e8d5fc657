import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { itemClass, popupClass } from './popup.ts';

/** One of a few: a button that shows the chosen one and opens the list. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
  icon,
  compact = false,
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: string; icon?: ReactNode }[];
  onChange: (value: T) => void;
  icon?: ReactNode;
  /** On a phone the icon stands alone. */
  compact?: boolean;
}) {
  const chosen = options.find((option) => option.value === value);
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`${label}: ${chosen?.label ?? ''}`}
        title={label}
        className="inline-flex h-9 shrink-0 items-center gap-1.5 rounded-lg px-2.5 text-sm text-ink-2 transition-colors hover:bg-hover hover:text-ink data-[popup-open]:bg-hover"
      >
        {icon}
        <span className={cx('whitespace-nowrap', compact && icon ? 'max-sm:hidden' : '')}>
          {chosen?.label}
        </span>
        <ChevronDown size={14} className={cx('text-ink-3', compact && 'max-sm:hidden')} aria-hidden />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50 outline-none">
          <Menu.Popup className={cx(popupClass, 'min-w-[max(var(--anchor-width),10rem)]')}>
            <Menu.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
              {options.map((option) => (
                <Menu.RadioItem key={option.value} value={option.value} closeOnClick className={itemClass}>
                  {option.icon}
                  <span className="flex-1">{option.label}</span>
                  <Menu.RadioItemIndicator>
                    <Check size={15} className="text-accent" aria-hidden />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
