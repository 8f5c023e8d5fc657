import type { Cluster } from '../api/types.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { cx } from '../ui/cx.ts';
import { rowsClass } from '../ui/expander.tsx';

type Frontend = NonNullable<Cluster['bastion']>['frontends'][number];
type Backend = Frontend['backends'][number];
type Health = Backend['health'] | 'drained';

const dots: Readonly<Record<Health, string>> = {
  up: 'bg-good',
  down: 'bg-bad',
  unknown: 'bg-mute',
  awaited: 'bg-mute/50',
  drained: 'bg-transparent ring-1 ring-line-strong ring-inset',
};
const inks: Readonly<Record<Health, string>> = {
  up: 'text-good',
  down: 'text-bad',
  unknown: 'text-ink-3',
  awaited: 'text-ink-3',
  drained: 'text-ink-3',
};

/** The health of a backend; one that takes no connections any more is not asked how it feels. */
export const healthOf = ({ health, drained }: Backend): Health => (drained ? 'drained' : health);

/** The sign of a backend's health; the words stand beside it. */
export const BackendDot = ({ health }: { health: Health }) => (
  <span aria-hidden className={cx('size-2 shrink-0 rounded-full transition-colors', dots[health])} />
);

/** The ports of the balancer, with the health of each machine behind them. */
export function BalancerView({ frontends }: { frontends: readonly Frontend[] }) {
  const t = useTexts().cluster;
  if (frontends.length === 0) return null;
  return (
    <section data-testid="balancer">
      <h2 className="mb-2 text-sm font-semibold">{t.balancer}</h2>
      <ul className={rowsClass}>
        {frontends.map((frontend) => (
          <FrontendRow key={frontend.name} frontend={frontend} />
        ))}
      </ul>
    </section>
  );
}

function FrontendRow({ frontend }: { frontend: Frontend }) {
  const t = useTexts().cluster;
  const { name, host, port, available, connections, backends } = frontend;
  const isLost = !available && backends.some(({ health }) => health === 'down');
  return (
    <li className="grid gap-x-4 gap-y-1.5 px-3.5 py-2.5 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <div className="flex items-baseline justify-between gap-2 sm:block">
        <p className="text-sm" title={`${host}:${port}`}>
          <span className="tnum font-semibold">{port}</span>{' '}
          <span className="text-ink-2">{t.frontends[name] ?? name}</span>
        </p>
        <p className={cx('tnum text-xs', isLost ? 'font-medium text-warn' : 'text-ink-3')}>
          {available ? t.connections(connections) : t.unavailable}
        </p>
      </div>
      <ul className="flex flex-wrap items-center gap-x-4 gap-y-1">
        {backends.map((backend) => (
          <BackendItem key={backend.name} backend={backend} />
        ))}
      </ul>
    </li>
  );
}

function BackendItem({ backend }: { backend: Backend }) {
  const t = useTexts().cluster;
  const formats = useFormats();
  const health = healthOf(backend);
  const { name, address, detail, since, sessions } = backend;
  return (
    <li
      className="flex items-center gap-1.5 text-sm"
      title={[address, detail, formats.dateTime(since)].filter(Boolean).join(' · ')}
    >
      <BackendDot health={health} />
      {name}
      <span className={cx('text-xs', inks[health])}>{t.health[health]}</span>
      {sessions > 0 ? <span className="tnum text-xs text-ink-3">{sessions}</span> : null}
    </li>
  );
}
