import { useNavigate } from '@tanstack/react-router';
import { Check, SearchX } from 'lucide-react';
import { useTexts } from '../i18n/texts.tsx';
import { Button } from '../ui/button.tsx';
import { Logo } from '../ui/logo.tsx';
import { EmptyState, Skeleton } from '../ui/states.tsx';

/** What stands in the library before the first link. */
export function FirstSteps() {
  const t = useTexts();
  return (
    <div className="mx-auto max-w-md px-4 py-12 sm:py-16">
      <Logo size={44} />
      <h2 className="mt-5 text-xl font-semibold">{t.list.emptyTitle}</h2>
      <p className="mt-2 text-ink-2 text-pretty">{t.list.emptyText}</p>
      <ul className="mt-5 space-y-2 text-sm text-ink-2">
        {t.list.emptyHints.map((hint) => (
          <li key={hint} className="flex gap-2.5">
            <Check size={16} className="mt-0.5 shrink-0 text-accent" aria-hidden />
            {hint}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What stands there when nothing answers to the search. */
export function NothingFound() {
  const t = useTexts();
  const navigate = useNavigate({ from: '/' });
  return (
    <EmptyState icon={<SearchX size={22} aria-hidden />} title={t.list.noneTitle} text={t.list.noneText}>
      <Button onClick={() => void navigate({ search: {} })}>{t.filter.clear}</Button>
    </EmptyState>
  );
}

/** What stands there while the first page is on its way. */
export function ListSkeleton() {
  return (
    <div aria-hidden className="space-y-px">
      {[0.7, 0.5, 0.85, 0.6, 0.75].map((width) => (
        <div key={width} className="flex gap-4 border-b border-line px-2 py-3">
          <Skeleton className="h-14 w-22 shrink-0" />
          <div className="flex-1 space-y-2.5 pt-1">
            <div style={{ width: `${width * 100}%` }}>
              <Skeleton className="h-4" />
            </div>
            <Skeleton className="h-3 w-40" />
          </div>
        </div>
      ))}
    </div>
  );
}
