/** Chromium's features that would fetch, split frames over processes, or talk to their maker. */
const disabledFeatures = [
  'IsolateOrigins',
  'site-per-process',
  'IsolateSandboxedIframes',
  'OriginKeyedProcessesByDefault',
  'Translate',
  'MediaRouter',
  'OptimizationHints',
  'InterestFeedContentSuggestions',
  'AcceptCHFrame',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'DialMediaRouteProvider',
  'PaintHolding',
  'BackForwardCache',
];

/** The viewport that pages are laid out in, CSS pixels. */
export const viewport = { width: 1280, height: 800 } as const;

/**
 * The command line of a capture browser. All TCP leaves through the proxy, also for loopback names, and WebRTC may
 * send no UDP past it. All frames live in one process, since one capture is one page and the browser ends with it.
 */
export function browserFlags(options: {
  profile: string;
  proxy: string;
  sandbox: boolean;
  userAgent?: string;
}): string[] {
  return [
    '--headless',
    ...(options.sandbox ? [] : ['--no-sandbox']),
    '--remote-debugging-pipe',
    `--user-data-dir=${options.profile}`,
    `--proxy-server=${options.proxy}`,
    '--proxy-bypass-list=<-loopback>',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-quic',
    '--disable-gpu',
    // One page needs no processes of their own for compositing and networking: a fifth less processor time.
    '--in-process-gpu',
    '--enable-features=NetworkServiceInProcess2',
    '--disable-dev-shm-usage',
    '--disable-site-isolation-trials',
    `--disable-features=${disabledFeatures.join(',')}`,
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-domain-reliability',
    '--disable-client-side-phishing-detection',
    '--disable-default-apps',
    '--disable-extensions',
    '--disable-breakpad',
    '--disable-crash-reporter',
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
    '--disable-hang-monitor',
    '--disable-popup-blocking',
    '--disable-print-preview',
    '--disable-speech-api',
    '--no-first-run',
    '--no-default-browser-check',
    '--no-pings',
    '--password-store=basic',
    '--use-mock-keychain',
    '--mute-audio',
    '--hide-scrollbars',
    '--force-color-profile=srgb',
    '--js-flags=--max-old-space-size=1024',
    `--window-size=${viewport.width},${viewport.height}`,
    // No page to begin with: a capture makes its own, and a second one would cost a renderer more.
    '--no-startup-window',
  ];
}
