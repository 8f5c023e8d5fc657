import { useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { TagTree } from '../library/tag-tree.tsx';
import { listenToServer } from '../live/events.ts';
import { SessionGate } from '../session/session-gate.tsx';
import { Logo } from '../ui/logo.tsx';
import { ConnectionBanner } from './banner.tsx';
import { FootNavigation, SideNavigation } from './navigation.tsx';
import { PreferenceMenu } from './preference-menu.tsx';
import { useKeys } from './use-keys.ts';

const ShortcutWindow = lazy(() => import('./shortcut-window.tsx'));

/** The frame of every page: places, tags, theme and language; behind the session. */
export function AppShell() {
  return (
    <SessionGate>
      <Frame />
    </SessionGate>
  );
}

function Frame() {
  const t = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const inLibrary = useRouterState({ select: (state) => state.location.pathname === '/' });
  const [keysShown, setKeysShown] = useState(false);
  const server = useRef<ReturnType<typeof listenToServer>>(null);
  useEffect(() => {
    const listening = listenToServer(client);
    server.current = listening;
    return () => listening.close();
  }, [client]);
  useKeys({
    '?': () => setKeysShown(true),
    a: () => (inLibrary ? false : void navigate({ to: '/' })),
    '/': () => (inLibrary ? false : void navigate({ to: '/', hash: 'search' })),
  });

  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-lg bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        {t.skip}
      </a>
      <ConnectionBanner
        onRetry={() => {
          server.current?.retryNow();
          void client.invalidateQueries();
        }}
      />
      <div className="flex min-w-0 flex-1">
        <aside className="sticky top-0 hidden h-dvh w-60 shrink-0 flex-col gap-5 border-r border-line bg-sunken/60 px-3 pt-3 lg:flex">
          <div className="flex items-center justify-between">
            <Home />
            <PreferenceMenu />
          </div>
          <SideNavigation />
          <TagTree />
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <header className="flex h-12 items-center justify-between px-2 pt-1 lg:hidden">
            <Home />
            <PreferenceMenu />
          </header>
          <main
            id="content"
            tabIndex={-1}
            className="flex min-w-0 flex-1 flex-col pb-[calc(4.5rem+env(safe-area-inset-bottom))] outline-none lg:pb-8"
          >
            <Outlet />
          </main>
        </div>
      </div>
      <FootNavigation />
      <Suspense>{keysShown ? <ShortcutWindow onClose={() => setKeysShown(false)} /> : null}</Suspense>
    </div>
  );
}

function Home() {
  const t = useTexts();
  return (
    <Link to="/" className="flex items-center gap-2 rounded-lg px-1.5 py-1">
      <Logo size={24} />
      <span className="text-base font-semibold tracking-tight">{t.appName}</span>
    </Link>
  );
}
