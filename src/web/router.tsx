import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { LibraryPage } from './library/library-page.tsx';
import { parseLibrarySearch } from './library/library-search.ts';
import { parseLinkSearch } from './link/link-search.ts';
import { AppShell } from './shell/app-shell.tsx';
import { NotFound } from './shell/not-found.tsx';
import { PageError } from './shell/page-error.tsx';

const root = createRootRoute({ component: AppShell, notFoundComponent: NotFound, errorComponent: PageError });
const library = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: parseLibrarySearch,
  component: LibraryPage,
});
const link = createRoute({
  getParentRoute: () => root,
  path: '/links/$linkId',
  validateSearch: parseLinkSearch,
  component: lazyRouteComponent(() => import('./link/link-page.tsx'), 'LinkPage'),
});
const activity = createRoute({
  getParentRoute: () => root,
  path: '/activity',
  component: lazyRouteComponent(() => import('./activity/activity-page.tsx'), 'ActivityPage'),
});
const trash = createRoute({
  getParentRoute: () => root,
  path: '/trash',
  component: lazyRouteComponent(() => import('./trash/trash-page.tsx'), 'TrashPage'),
});
const registry = createRoute({
  getParentRoute: () => root,
  path: '/registry',
  component: lazyRouteComponent(() => import('./registry/registry-page.tsx'), 'RegistryPage'),
});
const clusters = createRoute({
  getParentRoute: () => root,
  path: '/clusters',
  component: lazyRouteComponent(() => import('./cluster/clusters-page.tsx'), 'ClustersPage'),
});
const cluster = createRoute({
  getParentRoute: () => root,
  path: '/clusters/$zone',
  component: lazyRouteComponent(() => import('./cluster/cluster-page.tsx'), 'ClusterPage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
});

/** The addresses of the interface. What is filtered and chosen stands in the address, so that it can be kept and shared. */
export const router = createRouter({
  routeTree: root.addChildren([library, link, activity, registry, clusters, cluster, trash, settings]),
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
