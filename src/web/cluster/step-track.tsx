import { Check } from 'lucide-react';
import type { ClusterStep } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';

/** The steps of an installation on one line, with the one that is being worked at; on a phone a bar of as many parts. */
export function StepTrack({ steps }: { steps: readonly ClusterStep[] }) {
  const t = useTexts().cluster;
  return (
    <ol
      aria-label={t.progress}
      data-testid="step-track"
      className="flex gap-1 md:gap-0 md:rounded-xl md:border md:border-line md:bg-surface md:px-2 md:py-4"
    >
      {steps.map(({ id, state }, at) => (
        <li
          key={id}
          data-step={id}
          data-state={state}
          aria-current={state === 'active' ? 'step' : undefined}
          title={t.stepHelp[id]}
          className="relative min-w-0 flex-1 md:flex md:flex-col md:items-center"
        >
          {at > 0 ? (
            <span
              aria-hidden
              className={cx(
                'absolute top-[0.6875rem] right-1/2 hidden h-0.5 w-full md:block',
                state === 'pending' ? 'bg-line' : 'bg-accent',
              )}
            />
          ) : null}
          <span
            aria-hidden
            className={cx(
              'block h-1.5 rounded-full transition-colors md:hidden',
              state === 'pending' ? 'bg-line' : 'bg-accent',
              state === 'active' && 'motion-safe:animate-pulse',
            )}
          />
          <Dot state={state} at={at} />
          <span
            className={cx(
              'max-md:sr-only mt-1.5 px-0.5 text-center text-[0.6875rem] leading-4 hyphens-auto lg:text-xs',
              state === 'active' ? 'font-semibold text-ink' : state === 'done' ? 'text-ink-2' : 'text-ink-3',
            )}
          >
            {t.steps[id]}
            <span className="sr-only">, {t.stepStates[state]}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function Dot({ state, at }: { state: ClusterStep['state']; at: number }) {
  return (
    <span
      aria-hidden
      className={cx(
        'tnum relative z-1 hidden size-6 items-center justify-center rounded-full text-xs font-medium transition-colors md:flex',
        state === 'done' && 'bg-accent text-on-accent',
        state === 'active' && 'bg-surface text-accent ring-2 ring-accent',
        state === 'pending' && 'bg-surface text-ink-3 ring-1 ring-line-strong ring-inset',
      )}
    >
      {state === 'active' ? (
        <span className="absolute inset-0 rounded-full ring-2 ring-accent motion-safe:animate-ping motion-reduce:hidden [animation-duration:2.4s]" />
      ) : null}
      {state === 'done' ? <Check size={14} strokeWidth={3} /> : at + 1}
    </span>
  );
}
