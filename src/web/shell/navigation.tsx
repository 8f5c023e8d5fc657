import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Activity, Container, Library, Network, Settings, Trash2 } from 'lucide-react';
import { jobsQuery } from '../api/queries.ts';
import { useFormats, useTexts } from '../i18n/texts.tsx';
import { useSession } from '../session/use-session.ts';

const allPlaces = [
  { to: '/', name: 'library', icon: Library },
  { to: '/activity', name: 'activity', icon: Activity },
  { to: '/registry', name: 'registry', icon: Container },
  { to: '/clusters', name: 'clusters', icon: Network },
  { to: '/trash', name: 'trash', icon: Trash2 },
  { to: '/settings', name: 'settings', icon: Settings },
] as const;

/** The registry is a place where this server runs one, clusters where it knows one. */
function usePlaces() {
  const session = useSession().data;
  return allPlaces.filter(
    ({ name }) => (name !== 'registry' && name !== 'clusters') || session?.[name] === true,
  );
}

function useRunning(): number {
  const counts = useQuery(jobsQuery(['running', 'queued'], 1)).data?.counts;
  return counts ? counts.running + counts.queued : 0;
}

/** The places of the interface at the side of a wide screen. */
export function SideNavigation() {
  const t = useTexts();
  const formats = useFormats();
  const running = useRunning();
  const places = usePlaces();
  return (
    <nav aria-label={t.nav.label} className="space-y-0.5">
      {places.map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          className="flex h-9 items-center gap-2.5 rounded-lg px-2.5 text-sm text-ink-2 transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-ink [&[aria-current=page]>svg]:text-accent"
        >
          <Icon size={17} aria-hidden />
          <span className="flex-1">{t.nav[name]}</span>
          {name === 'activity' && running > 0 ? (
            <span
              className="tnum rounded-full bg-accent px-1.5 text-xs leading-5 font-semibold text-on-accent"
              title={t.nav.running(running)}
            >
              {formats.number(running)}
            </span>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}

/** The same places at the foot of a phone. */
export function FootNavigation() {
  const t = useTexts();
  const formats = useFormats();
  const running = useRunning();
  const places = usePlaces();
  return (
    <nav
      aria-label={t.nav.label}
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {places.map(({ to, name, icon: Icon }) => (
        <Link
          key={to}
          to={to}
          activeOptions={{ exact: to === '/', includeSearch: false }}
          className="relative flex h-14 flex-col items-center justify-center gap-0.5 text-xs text-ink-2 -outline-offset-2 aria-[current=page]:font-medium aria-[current=page]:text-accent"
        >
          <span className="relative">
            <Icon size={20} aria-hidden />
            {name === 'activity' && running > 0 ? (
              <span
                className="tnum absolute -top-1.5 left-3 rounded-full bg-accent px-1 text-[0.625rem] leading-4 font-semibold text-on-accent"
                title={t.nav.running(running)}
              >
                {formats.number(running)}
              </span>
            ) : null}
          </span>
          {t.nav[name]}
        </Link>
      ))}
    </nav>
  );
}
