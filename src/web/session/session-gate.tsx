import { lazy, type ReactNode, Suspense } from 'react';
import { useTexts } from '../i18n/texts.tsx';
import { ErrorState } from '../ui/states.tsx';
import { useSession } from './use-session.ts';

const Entrance = lazy(() => import('./entrance.tsx'));

/** Lets the interface in only where the server does: else it shows the login or the first set-up. */
export function SessionGate({ children }: { children: ReactNode }) {
  const t = useTexts();
  const session = useSession();
  if (session.data === undefined) {
    return session.error ? (
      <main>
        <ErrorState title={t.errors.title} error={session.error} onRetry={() => void session.refetch()} />
      </main>
    ) : null;
  }
  const { mode, user } = session.data;
  if (mode === 'open' || (mode === 'login' && user !== null)) return children;
  return (
    <Suspense>
      <Entrance mode={mode} />
    </Suspense>
  );
}
