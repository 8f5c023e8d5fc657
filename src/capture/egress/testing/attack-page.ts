/**
 * The ways out of a page that are tried, by the last part of the canary's path (STUN: by a datagram). Speculation rules,
 * WebTransport and preconnect are tried besides; not every browser acts on them.
 */
export const ways = `
  img srcset fetch xhr redirect iframe websocket eventsource prefetch shared-worker worker-fetch
  import-scripts module modulepreload preload beacon ping keepalive object embed video track audio
  font css-import background svg-image stylesheet meta-refresh form popup csp-report
  service-worker-fetch`
  .trim()
  .split(/\s+/);

/** A page that tries to reach `canary` (`host:port`) in every way that a browser offers, then calls `/done`. */
export function attackPage(canary: string, stunPort: number): string {
  const to = (way: string) => `http://${canary}/${way}`;
  const script = `
    const to = (way) => 'http://${canary}/' + way;
    const quietly = (work) => { try { Promise.resolve(work()).catch(() => {}); } catch {} };
    quietly(() => fetch(to('fetch'), { mode: 'no-cors' }));
    quietly(() => fetch('/redirect?' + to('redirect'), { mode: 'no-cors' }));
    quietly(() => fetch(to('keepalive'), { mode: 'no-cors', keepalive: true, method: 'POST', body: 'x' }));
    quietly(() => { const xhr = new XMLHttpRequest(); xhr.open('GET', to('xhr')); xhr.send(); });
    quietly(() => new WebSocket('ws://${canary}/websocket'));
    quietly(() => new EventSource(to('eventsource')));
    quietly(() => new Worker('/worker.js'));
    quietly(() => new SharedWorker('/shared.js'));
    quietly(() => import(to('module')));
    quietly(() => navigator.sendBeacon(to('beacon'), 'x'));
    quietly(() => navigator.serviceWorker.register('/service.js'));
    quietly(() => new FontFace('probe', 'url(' + to('font') + ')').load());
    quietly(() => new Audio(to('audio')).load());
    quietly(() => document.getElementById('ping').click());
    quietly(() => document.getElementById('form').submit());
    quietly(() => open(to('popup')));
    quietly(async () => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:${stunPort}' }, { urls: 'stun:canary.test:${stunPort}' }] });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
    });
    quietly(() => new WebTransport('https://${canary}/webtransport'));
    setTimeout(() => fetch('/done'), 3000);`;
  return `<!doctype html><title>Ways out</title>
    <link rel="dns-prefetch" href="http://${canary}"><link rel="preconnect" href="http://${canary}">
    <link rel="stylesheet" href="${to('stylesheet')}">
    <link rel="prefetch" href="${to('prefetch')}"><link rel="modulepreload" href="${to('modulepreload')}">
    <link rel="preload" as="image" href="${to('preload')}">
    <script type="speculationrules">{"prefetch": [{"source": "list", "urls": ["/redirect?${to('speculation')}", "${to('speculation')}"], "eagerness": "immediate"}],
      "prerender": [{"source": "list", "urls": ["/inner?prerendered"], "eagerness": "immediate"}]}</script>
    <style>@import "${to('css-import')}"; body { background: url(${to('background')}) }</style>
    <body>
    <img src="${to('img')}"><img srcset="${to('srcset')} 1x"><img src="/redirect?${to('redirect')}">
    <iframe src="${to('iframe')}"></iframe><iframe src="/inner"></iframe>
    <object data="${to('object')}"></object><embed src="${to('embed')}">
    <video src="${to('video')}" preload="auto"></video>
    <video src="/none" preload="auto" crossorigin><track default src="${to('track')}"></video>
    <svg><image href="${to('svg-image')}" width="9" height="9"/></svg>
    <iframe name="target"></iframe><form id="form" target="target" method="post" action="${to('form')}"></form>
    <iframe srcdoc="<meta http-equiv=refresh content='0;url=${to('meta-refresh')}'>"></iframe>
    <a id="ping" href="#here" ping="${to('ping')}">here</a>
    <script>${script}</script>`;
}

/** What the page's own server answers besides the page, by path; undefined for anything else. */
export function attackPart(path: string, canary: string): { type: string; body: string } | undefined {
  const type = 'text/javascript';
  const reach = (way: string) => `fetch('http://${canary}/${way}', { mode: 'no-cors' }).catch(() => {});`;
  switch (path) {
    case '/worker.js':
      return {
        type,
        body: `${reach('worker-fetch')} try { importScripts('http://${canary}/import-scripts') } catch {}`,
      };
    case '/shared.js':
      return { type, body: reach('shared-worker') };
    case '/service.js':
      return { type, body: reach('service-worker-fetch') };
    case '/inner':
      return { type: 'text/html', body: '<img src="/blocked-by-csp.png">' };
    default:
      return undefined;
  }
}
