import { ArrowRight, CircleCheckBig, ExternalLink, Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Cluster, ClusterStep } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { buttonClass } from '../ui/button.tsx';
import { CopyLine } from '../ui/copy.tsx';
import { Commands } from './commands.tsx';
import { withLocalTimes } from './told-text.ts';

const panelClass = 'rounded-xl border border-line bg-surface p-4 sm:p-5';

/** What the installation does now: the step, what it waits for and for how long, and what a person does next. */
export function NowPanel({ cluster, now }: { cluster: Cluster; now: number }) {
  const t = useTexts().cluster;
  const { plan, state, steps, active } = cluster;
  if (plan === null)
    return (
      <Panel title={t.noPlan} text={t.noPlanText}>
        <Commands lines={['holdfast cluster status plan.yaml']} />
      </Panel>
    );
  if (state === 'notStarted')
    return (
      <Panel title={t.notStarted} text={t.notStartedText}>
        <Commands
          lines={[
            ...(cluster.bastion === null ? ['holdfast cluster up plan.yaml'] : []),
            'holdfast cluster install plan.yaml',
          ]}
        />
      </Panel>
    );
  if (state === 'finished') return <Finished cluster={cluster} />;
  const at = steps.findIndex(({ id }) => id === active);
  const step = steps[at];
  if (!step) return null;
  // The bastion tells them with more, below.
  const hasTold = (cluster.bastion?.strangers.length ?? 0) > 0;
  const waitsFor = step.waitsFor.filter(({ code }) => code !== 'strangeFetch' || !hasTold);
  return <Active step={{ ...step, waitsFor }} at={at} all={steps.length} now={now} />;
}

function Panel({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className={panelClass} data-testid="now">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="mt-1 mb-3 text-sm text-ink-2">{text}</p>
      {children}
    </section>
  );
}

function Active({ step, at, all, now }: { step: ClusterStep; at: number; all: number; now: number }) {
  const t = useTexts().cluster;
  const formats = useFormats();
  const { id, since, waitsFor, next, late, limitMs } = step;
  return (
    <section className={panelClass} data-testid="now" data-step={id}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <p className="tnum text-xs text-ink-3">{t.stepOf(at + 1, all)}</p>
        {since === null ? null : (
          <time dateTime={since} title={formats.dateTime(since)} className="tnum text-sm text-ink-2">
            {t.waitedFor(formats.span(now - Date.parse(since)))}
          </time>
        )}
      </div>
      <h2 className="text-lg font-semibold">{t.steps[id]}</h2>
      <p className="text-sm text-ink-2">{t.stepHelp[id]}</p>
      {late && limitMs !== null ? (
        <p className="mt-2 text-sm text-warn">{t.late(formats.span(limitMs))}</p>
      ) : null}
      {waitsFor.length > 0 ? (
        <>
          <h3 className="mt-4 mb-1 text-xs font-semibold text-ink-3">{t.waitsFor}</h3>
          <ul className="space-y-1 text-sm" data-testid="waits-for">
            {waitsFor.map(({ code, text }) => (
              <li key={`${code} ${text}`} className="flex gap-2">
                <Hourglass size={14} className="mt-[3px] shrink-0 text-accent" aria-hidden />
                <span className="min-w-0">{withLocalTimes(text, formats)}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className="mt-4 rounded-lg bg-accent-soft px-3 py-2.5" data-testid="next">
        {next ? (
          <>
            <h3 className="text-xs font-semibold text-accent">{t.next}</h3>
            <p className="mt-0.5 flex gap-2 text-sm font-medium">
              <ArrowRight size={15} className="mt-0.5 shrink-0 text-accent" aria-hidden />
              <span className="min-w-0">{withLocalTimes(next.text, formats)}</span>
            </p>
          </>
        ) : (
          <p className="text-sm text-ink-2">{t.working}</p>
        )}
      </div>
    </section>
  );
}

function Finished({ cluster }: { cluster: Cluster }) {
  const t = useTexts().cluster;
  const formats = useFormats();
  const { startedAt, finishedAt, operators, kubeconfig } = cluster;
  return (
    <section className={panelClass} data-testid="now">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="flex min-w-0 gap-3">
          <CircleCheckBig size={24} className="mt-0.5 shrink-0 text-good" aria-hidden />
          <div className="min-w-0">
            <h2 className="text-lg font-semibold">{t.finished}</h2>
            {startedAt !== null && finishedAt !== null ? (
              <p className="text-sm text-ink-2" title={formats.dateTime(finishedAt)}>
                {t.finishedText(formats.span(Date.parse(finishedAt) - Date.parse(startedAt)))}
              </p>
            ) : null}
            {operators ? (
              <p className="tnum text-sm text-ink-2">{t.operatorsUp(operators.available, operators.total)}</p>
            ) : null}
          </div>
        </div>
        {cluster.console === null ? null : (
          <a href={cluster.console} target="_blank" rel="noreferrer" className={buttonClass('main')}>
            {t.openConsole}
            <ExternalLink size={15} aria-hidden />
          </a>
        )}
      </div>
      {kubeconfig === null ? null : (
        <div className="mt-4">
          <h3 className="mb-1 text-xs font-semibold text-ink-3">{t.kubeconfig}</h3>
          <CopyLine text={kubeconfig} what={t.kubeconfig} />
        </div>
      )}
    </section>
  );
}
