import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

/** `main` once on a screen, `plain` beside it, `quiet` in rows and bars, `danger` for what cannot be undone. */
export type ButtonTone = 'main' | 'plain' | 'quiet' | 'danger';

const tones: Record<ButtonTone, string> = {
  main: 'bg-accent text-on-accent hover:bg-accent-strong disabled:bg-hover disabled:text-ink-3',
  plain: 'border border-line-strong/60 bg-surface text-ink hover:bg-hover disabled:text-ink-3',
  quiet:
    'text-ink-2 hover:bg-hover hover:text-ink disabled:text-ink-3 aria-pressed:bg-hover aria-pressed:text-ink',
  danger: 'bg-bad text-surface hover:opacity-90',
};

/** The classes of a button, for links and triggers that look like one. */
export const buttonClass = (tone: ButtonTone = 'plain', small = false): string =>
  cx(
    'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg font-medium whitespace-nowrap transition-colors select-none',
    small ? 'h-8 px-2.5 text-sm' : 'h-9 px-3.5 text-sm',
    tones[tone],
  );

/** A button with words. */
export function Button({
  tone = 'plain',
  small = false,
  className,
  ...rest
}: ComponentProps<'button'> & { tone?: ButtonTone; small?: boolean }) {
  return <button type="button" className={cx(buttonClass(tone, small), className)} {...rest} />;
}

const iconButtonLook =
  'inline-flex shrink-0 items-center justify-center text-ink-2 transition-colors hover:bg-hover hover:text-ink disabled:text-ink-3/60 disabled:hover:bg-transparent aria-pressed:bg-hover aria-pressed:text-ink data-[popup-open]:bg-hover';

/** The classes of a square button that shows an icon alone. */
export const iconButtonClass = `size-9 rounded-lg ${iconButtonLook}`;

/** A button that shows an icon alone; `label` is what it is called. */
export function IconButton({
  label,
  small = false,
  className,
  ...rest
}: ComponentProps<'button'> & { label: string; small?: boolean }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cx(small ? `size-7 rounded-md ${iconButtonLook}` : iconButtonClass, className)}
      {...rest}
    />
  );
}
