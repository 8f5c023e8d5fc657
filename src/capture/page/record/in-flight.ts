import type { CdpSession } from '../cdp/connection.ts';

/**
 * A request older than this no longer keeps the page from counting as quiet: long polls never end. What a person sees
 * is waited for longer than what scripts ask for.
 */
const staleAfterMs = 2_500;
const visibleStaleAfterMs = 6_000;
const visible = /^(document|stylesheet|image|font|media)$/;

/** A request that has not ended; `type` is the CDP resource type in lower case. */
export interface OpenRequest {
  readonly url: string;
  readonly type: string;
}

/** Knows which requests of a page are under way. */
export interface InFlight {
  /** Requests under way that a quiet page would not have; stale ones are left out. */
  busy(): number;
  /** Requests that have not ended, whatever their age. */
  pending(): readonly OpenRequest[];
  /** Milliseconds since a request last began or ended. */
  quietMs(): number;
  /** True once the page opened a WebSocket or an EventSource, whose messages no request announces. */
  readonly streams: boolean;
  /** How many requests were begun. */
  readonly begun: number;
}

/** Follows the requests of a page through the Network domain; bodies are not kept there. */
export async function followRequests(page: CdpSession): Promise<InFlight> {
  const open = new Map<string, OpenRequest & { since: number }>();
  let changed = performance.now();
  let streams = false;
  let begun = 0;
  page.on<{ requestId: string; request: { url: string }; type?: string }>(
    'Network.requestWillBeSent',
    (event) => {
      if (event.request.url.startsWith('data:')) return;
      begun++;
      changed = performance.now();
      if (event.type === 'EventSource') streams = true;
      else {
        const type = (event.type ?? 'other').toLowerCase();
        open.set(event.requestId, { url: event.request.url, type, since: changed });
      }
    },
  );
  const end = (event: { requestId: string }) => {
    if (open.delete(event.requestId)) changed = performance.now();
  };
  page.on('Network.loadingFinished', end);
  page.on('Network.loadingFailed', end);
  page.on('Network.webSocketCreated', () => {
    streams = true;
  });
  await page.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0, maxPostDataSize: 0 });
  return {
    busy: () => {
      const now = performance.now();
      let count = 0;
      for (const { since, type } of open.values()) {
        if (now - since < (visible.test(type) ? visibleStaleAfterMs : staleAfterMs)) count++;
      }
      return count;
    },
    pending: () => [...open.values()].map(({ url, type }) => ({ url, type })),
    quietMs: () => performance.now() - changed,
    get streams() {
      return streams;
    },
    get begun() {
      return begun;
    },
  };
}
