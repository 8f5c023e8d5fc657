import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api/client.ts';

/** The cache of what the server said. Events keep it true, so that nothing is asked for again by the clock. */
export function createClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        networkMode: 'always',
        refetchOnWindowFocus: false,
        retry: (failures, error) =>
          failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
