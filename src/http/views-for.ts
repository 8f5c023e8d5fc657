import type { HttpContext } from './context.ts';
import type { HttpConfig } from './deps.ts';
import { replayOriginFor } from './origins.ts';
import type { Capabilities } from './replay/capability.ts';
import { createViews, type Views } from './views.ts';

/** Gives the views of a request: its language, and the replay's origin as its browser reaches it. */
export type ViewsFor = (c: HttpContext) => Views;

/** Makes `ViewsFor` over the configuration and the signer of replay addresses. */
export function createViewsFor(config: HttpConfig, capabilities: Capabilities): ViewsFor {
  return (c) => {
    const origin = replayOriginFor(c, config);
    return createViews(
      c.get('language'),
      (snapshotId) => `${origin}/${capabilities.grant(snapshotId)}/${encodeURIComponent(snapshotId)}/`,
    );
  };
}
