import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Cluster } from '../api/types.ts';
import { type Texts, useTexts } from '../i18n/texts.tsx';
import { Time } from '../ui/time.tsx';

const strangersShown = 5;

interface Alert {
  readonly key: string;
  readonly body: ReactNode;
}

/** What does not go as planned, each with its mend; new ones are read out. */
export function Attention({ cluster }: { cluster: Cluster }) {
  const t = useTexts();
  const alerts = alertsOf(cluster, t);
  return (
    <section aria-live="polite" aria-label={t.cluster.attention} data-testid="attention">
      {alerts.length === 0 ? null : (
        <ul className="divide-y divide-warn/20 rounded-xl border border-warn/40 bg-warn-soft">
          {alerts.map(({ key, body }) => (
            <li key={key} className="flex animate-rise gap-2.5 px-3.5 py-2.5 text-sm">
              <TriangleAlert size={16} className="mt-0.5 shrink-0 text-warn" aria-hidden />
              <div className="min-w-0">{body}</div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function alertsOf({ faults, bastion, plan, state }: Cluster, { cluster: t }: Texts): Alert[] {
  const alerts: Alert[] = faults.map(({ code, text, hint }) => ({
    key: code,
    body: (
      <>
        {text}
        {hint === null ? null : <span className="block text-ink-2">{hint}</span>}
      </>
    ),
  }));
  const isOurs = plan !== null && Object.values(plan.serves).includes('holdfast');
  if (bastion === null) {
    if (isOurs && state !== 'notStarted') alerts.push({ key: 'away', body: t.bastionAway });
    return alerts;
  }
  for (const { address, path, verdict, node, times, at } of bastion.strangers.slice(0, strangersShown))
    alerts.push({
      key: `${address} ${path} ${verdict}`,
      body: (
        <>
          {t.strangers[verdict](node === null ? address : t.nodeAt(address, node), path)}
          <span className="tnum block text-xs text-ink-2">
            {times > 1 ? `${t.times(times)} · ` : null}
            <Time value={at} />
          </span>
        </>
      ),
    });
  if (bastion.strangers.length > strangersShown)
    alerts.push({ key: 'more', body: t.moreStrangers(bastion.strangers.length - strangersShown) });
  for (const { path, file } of bastion.missing)
    alerts.push({
      key: `missing ${path}`,
      body: file === null ? t.missingIgnition(path) : t.missingFile(path, file),
    });
  // Before everything is installed it is as it should be that nobody answers yet.
  if (state === 'finished')
    for (const { port, available } of bastion.frontends)
      if (!available) alerts.push({ key: `port ${port}`, body: t.noBackend(port) });
  return alerts;
}
