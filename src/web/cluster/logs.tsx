import { Check, Circle, CircleDotDashed } from 'lucide-react';
import type { Cluster, ClusterStep } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { Expander, rowsClass } from '../ui/expander.tsx';
import { Time } from '../ui/time.tsx';
import { withLocalTimes } from './told-text.ts';

/** What is looked up when something is in doubt: each step with its evidence, names that were asked, requests, warnings. */
export function Logs({ cluster }: { cluster: Cluster }) {
  const t = useTexts().cluster;
  const { steps, bastion, approved, left, warnings } = cluster;
  const questions = bastion?.questions ?? [];
  if (steps.length + questions.length === 0) return null;
  return (
    <div className={rowsClass}>
      {steps.length > 0 ? (
        <Expander testId="all-steps" head={<Head title={t.allSteps} />}>
          {() => <StepList steps={steps} />}
        </Expander>
      ) : null}
      {questions.length > 0 ? (
        <Expander
          testId="questions"
          head={<Head title={t.questions} text={t.questionsText(questions.length)} />}
        >
          {() => <QuestionTable questions={questions} />}
        </Expander>
      ) : null}
      {approved.length + left.length > 0 ? (
        <Expander
          testId="requests"
          head={<Head title={t.requests} text={t.requestsText(approved.length, left.length)} />}
        >
          {() => (
            <Lines
              lines={[
                ...left.map(({ at, request, text }) => ({ key: `left ${request}`, at, text })),
                ...approved.map(({ at, request, host }) => ({
                  key: `approved ${request}`,
                  at,
                  text: `${request}: ${t.approvedFor(host)}`,
                })),
              ]}
            />
          )}
        </Expander>
      ) : null}
      {warnings.length > 0 ? (
        <Expander testId="warnings" head={<Head title={t.warnings} />}>
          {() => <Lines lines={warnings.map(({ at, code, text }) => ({ key: `${at} ${code}`, at, text }))} />}
        </Expander>
      ) : null}
    </div>
  );
}

function Head({ title, text }: { title: string; text?: string }) {
  return (
    <>
      <span className="min-w-0 flex-1 font-medium">{title}</span>
      {text === undefined ? null : <span className="tnum text-xs text-ink-3">{text}</span>}
    </>
  );
}

const signs = {
  done: <Check size={15} strokeWidth={2.5} className="text-good" aria-hidden />,
  active: <CircleDotDashed size={15} className="text-accent" aria-hidden />,
  pending: <Circle size={15} className="text-ink-3" aria-hidden />,
} as const;

function StepList({ steps }: { steps: readonly ClusterStep[] }) {
  const t = useTexts().cluster;
  const formats = useFormats();
  return (
    <ol className="space-y-2.5">
      {steps.map(({ id, state, doneAt, evidence }) => (
        <li key={id} className="flex gap-2.5 text-sm">
          <span className="mt-0.5 shrink-0" title={t.stepStates[state]}>
            {signs[state]}
          </span>
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-medium">{t.steps[id]}</span>
              {doneAt === null ? null : (
                <span className="text-xs text-ink-3">
                  <Time value={doneAt} />
                </span>
              )}
            </p>
            <p className="text-ink-2">{t.stepHelp[id]}</p>
            {evidence.map(({ code, text }) => (
              <p key={`${code} ${text}`} className="text-xs text-ink-3">
                {withLocalTimes(text, formats)}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

function QuestionTable({ questions }: { questions: NonNullable<Cluster['bastion']>['questions'] }) {
  const t = useTexts().cluster;
  const { when, who, name, type, answer } = t.columns;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls must be reachable by keyboard
    <section className="max-h-96 overflow-auto" tabIndex={0} aria-label={t.questions}>
      <table className="w-full text-left text-xs">
        <thead className="text-ink-3">
          <tr>
            {[when, who, name, type, answer].map((title) => (
              <th key={title} scope="col" className="pr-4 pb-1 font-medium whitespace-nowrap">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="align-baseline">
          {questions.map((it, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: one client may ask the same twice in a millisecond
            <tr key={`${it.at} ${it.client} ${it.name} ${at}`}>
              <td className="tnum py-0.5 pr-4 whitespace-nowrap text-ink-3">
                <Time value={it.at} />
              </td>
              <td className="py-0.5 pr-4 whitespace-nowrap" title={it.client}>
                {it.node ?? it.client}
              </td>
              <td className="min-w-40 py-0.5 pr-4 font-mono break-all" dir="ltr">
                {it.name}
              </td>
              <td className="py-0.5 pr-4">{it.type}</td>
              <td className={it.rcode === 'NOERROR' ? 'py-0.5 text-ink-3' : 'py-0.5 text-warn'}>
                {it.rcode}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Lines({ lines }: { lines: readonly { key: string; at: string; text: string }[] }) {
  const formats = useFormats();
  return (
    <ul className="space-y-1 text-sm">
      {lines.map(({ key, at, text }) => (
        <li key={key} className="flex flex-wrap items-baseline justify-between gap-x-3">
          <span className="min-w-0">{withLocalTimes(text, formats)}</span>
          <span className="text-xs text-ink-3">
            <Time value={at} />
          </span>
        </li>
      ))}
    </ul>
  );
}
