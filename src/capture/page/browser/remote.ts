import { errorText } from '../../../kernel/index.ts';
import type { EgressGuard, ProxyLimits } from '../../egress/index.ts';
import { captureErrors } from '../../errors.ts';
import { CdpConnection } from '../cdp/connection.ts';
import { websocketTransport } from '../cdp/websocket-transport.ts';
import type { CaptureBrowser } from './browser.ts';

/** True for a setting that names a browser by its CDP address instead of a path. */
export function isCdpAddress(setting: string): boolean {
  return /^(https?|wss?):\/\//i.test(setting);
}

/**
 * Takes a context of its own in a browser that runs already (on this host, since it reaches the egress proxy by
 * loopback); `address` is `ws://…/devtools/browser/…` or the `http://host:port` that tells it.
 */
export async function connectBrowser(
  address: string,
  guard: EgressGuard,
  limits: ProxyLimits,
): Promise<CaptureBrowser> {
  const proxy = await guard.openProxy(limits);
  try {
    const connection = new CdpConnection(await websocketTransport(await endpointOf(address)));
    const session = connection.session();
    const version = await session.send<{ product: string; userAgent: string }>('Browser.getVersion');
    const { browserContextId } = await session.send<{ browserContextId: string }>(
      'Target.createBrowserContext',
      {
        disposeOnDetach: true,
        proxyServer: proxy.address,
        proxyBypassList: '<-loopback>',
      },
    );
    return {
      connection,
      proxy,
      product: version.product.replace('Headless', ''),
      userAgent: version.userAgent.replace('Headless', ''),
      contextId: browserContextId,
      close: async () => {
        await session.send('Target.disposeBrowserContext', { browserContextId }).catch(() => {});
        connection.close();
        await proxy.close();
      },
    };
  } catch (cause) {
    await proxy.close();
    throw captureErrors.browserFailed({ path: address, detail: errorText(cause) }, { cause });
  }
}

async function endpointOf(address: string): Promise<string> {
  if (/^ws/i.test(address)) return address;
  const response = await fetch(new URL('/json/version', address), { signal: AbortSignal.timeout(5_000) });
  return ((await response.json()) as { webSocketDebuggerUrl: string }).webSocketDebuggerUrl;
}
