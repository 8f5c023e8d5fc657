import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { describeError } from './use-act.ts';

/** What stands where nothing is: a title, a sentence, the next step. */
export function EmptyState({
  icon,
  title,
  text,
  children,
  className,
}: {
  icon?: ReactNode;
  title: string;
  text?: string | undefined;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cx('mx-auto flex max-w-md flex-col items-center px-4 py-14 text-center', className)}>
      {icon ? (
        <div className="mb-4 flex size-12 items-center justify-center rounded-xl bg-sunken text-ink-3 ring-1 ring-line ring-inset">
          {icon}
        </div>
      ) : null}
      <h2 className="text-lg font-semibold text-balance">{title}</h2>
      {text ? <p className="mt-1.5 text-ink-2 text-pretty">{text}</p> : null}
      {children ? <div className="mt-5 flex flex-wrap justify-center gap-2">{children}</div> : null}
    </div>
  );
}

/** What stands where something could not be loaded, with the reason and a retry. */
export function ErrorState({
  title,
  error,
  onRetry,
}: {
  title: string;
  error: unknown;
  onRetry?: () => void;
}) {
  const t = useTexts();
  const { message, hint } = describeError(error, t);
  return (
    <div role="alert">
      <EmptyState
        icon={<CircleAlert size={22} className="text-bad" aria-hidden />}
        title={title}
        text={[message, hint].filter(Boolean).join(' — ')}
      >
        {onRetry ? <Button onClick={onRetry}>{t.act.retry}</Button> : null}
      </EmptyState>
    </div>
  );
}

/** A grey block that stands for something on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cx('animate-pulse rounded-md bg-hover', className)} />;
}
