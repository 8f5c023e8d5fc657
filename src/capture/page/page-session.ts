import type { CaptureBrowser } from './browser/browser.ts';
import { viewport } from './browser/flags.ts';
import type { CdpSession } from './cdp/connection.ts';

/** The page that a capture takes place in, and what became of it. */
export interface PageSession extends CdpSession {
  readonly frameId: string;
  /** How often its renderer crashed. */
  readonly crashes: number;
  /** Main frames of windows that it opened; they are closed at once. */
  readonly popups: ReadonlySet<string>;
  /** True once the page is gone although nobody here closed it. */
  readonly gone: boolean;
  /** Resolves when it crashed, is gone, or its browser is. */
  readonly ended: Promise<void>;
}

/** How many dialogs are put aside before the script that opens them is stopped. */
const maxDialogs = 30;

/** Opens an empty page whose dialogs, downloads, popups and service workers are out of the way. */
export async function openPage(browser: CaptureBrowser): Promise<PageSession> {
  const root = browser.connection.session();
  const { targetId } = await root.send<{ targetId: string }>('Target.createTarget', {
    url: 'about:blank',
    ...viewport,
    ...(browser.contextId ? { browserContextId: browser.contextId } : {}),
  });
  const { sessionId } = await root.send<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  const session = browser.connection.session(sessionId);
  let crashes = 0;
  let gone = false;
  const ended = Promise.withResolvers<void>();
  const popups = new Set<string>();
  let dialogs = 0;

  root.on<{ targetInfo: { targetId: string; type: string; openerId?: string } }>(
    'Target.targetCreated',
    ({ targetInfo }) => {
      if (targetInfo.type === 'page' && targetInfo.openerId) {
        popups.add(targetInfo.targetId);
        root.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(() => {});
      }
    },
  );
  root.on<{ targetId: string }>('Target.targetDestroyed', (event) => {
    if (event.targetId !== targetId) return;
    gone = true;
    ended.resolve();
  });
  session.on('Inspector.targetCrashed', () => {
    crashes++;
    ended.resolve();
  });
  session.on('Page.javascriptDialogOpening', () => {
    session.send('Page.handleJavaScriptDialog', { accept: false }).catch(() => {});
    if (++dialogs === maxDialogs) session.send('Runtime.terminateExecution').catch(() => {});
  });
  void browser.connection.lost.then(() => ended.resolve());
  await Promise.all([
    root.send('Target.setDiscoverTargets', { discover: true }),
    root.send('Browser.setDownloadBehavior', {
      behavior: 'deny',
      ...(browser.contextId ? { browserContextId: browser.contextId } : {}),
    }),
    session.send('Page.enable'),
    session.send('Inspector.enable'),
    session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
    session.send('Network.setBypassServiceWorker', { bypass: true }),
    session.send('Emulation.setUserAgentOverride', {
      userAgent: browser.userAgent,
      acceptLanguage: 'en-US,en,zh-CN,zh',
    }),
  ]);
  return {
    ...session,
    frameId: targetId,
    popups,
    ended: ended.promise,
    get crashes() {
      return crashes;
    },
    get gone() {
      return gone;
    },
  };
}
