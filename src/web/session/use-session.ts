import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { request, setCsrf } from '../api/client.ts';
import type { Session } from '../api/types.ts';

/** Who one is and what the server asks for; keeps the CSRF value for later requests. */
export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: async ({ signal }) => {
      const session = await request<Session>('/api/session', { signal });
      setCsrf(session.csrf);
      return session;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

/** The session, live. */
export const useSession = () => useQuery(sessionQuery());

/** Logging in, setting up and logging out; each leaves the cache as the new session sees it. */
export function useSessionActions() {
  const client = useQueryClient();
  // What one user saw is nothing that the next may see.
  const forget = (): void => client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' });
  const enter = async (path: string, body: unknown): Promise<void> => {
    const session = await request<Session>(path, { method: 'POST', body });
    setCsrf(session.csrf);
    forget();
    client.setQueryData(['session'], session);
  };
  return {
    login: (name: string, password: string) => enter('/api/session', { name, password }),
    setup: (code: string, name: string, password: string) => enter('/api/setup', { code, name, password }),
    async logout(): Promise<void> {
      await request('/api/session', { method: 'DELETE' });
      forget();
      await client.invalidateQueries({ queryKey: ['session'] });
    },
  };
}
