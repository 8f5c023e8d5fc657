import type { ReactNode } from 'react';
import { cx } from './cx.ts';

/** Two to four ways beside one another, one of them chosen. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  iconsOnly = false,
}: {
  label: string;
  value: T;
  options: readonly { value: T; label: string; icon?: ReactNode }[];
  onChange: (value: T) => void;
  iconsOnly?: boolean;
}) {
  return (
    <fieldset className="inline-flex shrink-0 rounded-lg bg-sunken p-0.5 ring-1 ring-line ring-inset">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          aria-label={option.label}
          title={iconsOnly ? option.label : undefined}
          onClick={() => onChange(option.value)}
          className={cx(
            'inline-flex h-8 items-center justify-center gap-1.5 rounded-md text-sm whitespace-nowrap transition-colors',
            iconsOnly ? 'w-8' : 'px-3',
            option.value === value
              ? 'bg-surface font-medium text-ink shadow-sm ring-1 ring-line'
              : 'text-ink-2 hover:text-ink',
          )}
        >
          {option.icon}
          {iconsOnly ? null : option.label}
        </button>
      ))}
    </fieldset>
  );
}
