import type { Cluster } from '../api/types.ts';
import { useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';
import { FactList } from '../ui/fact-list.tsx';

const order = ['dns', 'balancer', 'files', 'registry'] as const;

/** Who gives each service and where it listens, and the few facts of the plan that one looks for. */
export function BastionFacts({ cluster }: { cluster: Cluster }) {
  const t = useTexts().cluster;
  const { plan, bastion, state } = cluster;
  if (plan === null) return null;
  const listening = new Map(
    bastion?.listening.map(({ service, addresses }) => [service as string, addresses]),
  );
  const stats = listening.get('stats');
  return (
    <section className="grid gap-5 sm:grid-cols-2" data-testid="bastion-facts">
      <div>
        <h2 className="mb-2 text-sm font-semibold">{t.services}</h2>
        <FactList
          rows={[
            ...order.map((name) => {
              const by = plan.serves[name];
              const addresses = name === 'registry' ? [plan.registry] : listening.get(name);
              const isAway = by === 'holdfast' && !addresses;
              const text = addresses ? addresses.join(', ') : by === 'holdfast' ? t.away : t.servedBy[by];
              return [
                t.serviceNames[name]!,
                <span
                  key={name}
                  className={cx(
                    addresses && 'font-mono text-xs',
                    isAway && (state === 'notStarted' ? 'text-ink-3' : 'text-warn'),
                  )}
                >
                  {text}
                </span>,
              ] as const;
            }),
            [
              t.serviceNames.stats!,
              stats && <span className="font-mono text-xs">{stats.join(', ')}</span>,
            ] as const,
          ]}
        />
      </div>
      <div>
        <h2 className="mb-2 text-sm font-semibold">{t.plan}</h2>
        <FactList
          rows={[
            [
              t.network,
              <code key="n" className="font-mono text-xs">
                {plan.network}
              </code>,
            ],
            [
              t.bastion,
              <code key="b" className="font-mono text-xs">
                {plan.bastion}
              </code>,
            ],
            [
              t.rhcos,
              <code key="r" className="font-mono text-xs">
                {plan.rhcos} {plan.architecture}
              </code>,
            ],
          ]}
        />
      </div>
    </section>
  );
}
