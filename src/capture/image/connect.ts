import { type Credentials, createRegistry, type MirrorRule } from '../../images/index.ts';
import type { HttpTransport } from '../../kernel/index.ts';
import type { ImageCaptureOptions } from './types.ts';

export interface ConnectOptions {
  /** As `EgressGuard.transport`: the guarded way out, `ca` (PEM) trusted besides the known authorities. */
  readonly transport: (options: { readonly ca?: string }) => HttpTransport;
  /** The logins for registries, asked for at every capture. */
  readonly credentials: () => Promise<Credentials>;
  readonly mirrors?: readonly MirrorRule[];
}

/** Opens the way out to registries as a link's options ask for it: its own authority, plain HTTP where it says so. */
export function connectTo(options: ConnectOptions): ImageCaptureOptions['connect'] {
  return async ({ options: link = {}, signal }) => {
    const credentials = await options.credentials();
    const transport = options.transport(link.ca === undefined ? {} : { ca: link.ca });
    const registry = createRegistry({
      transport,
      credentials,
      signal,
      plainHttp: link.plainHttp ?? false,
      mirrors: options.mirrors ?? [],
    });
    return { registry, transport };
  };
}
