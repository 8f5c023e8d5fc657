import { setTimeout as sleep } from 'node:timers/promises';
import type { FidelityCase } from '../harness/case.ts';
import { green, page, slot } from '../harness/page.ts';
import { greenPng } from '../material/pictures.ts';

const never = () => undefined;

/** Pages that are slow, or never go quiet. */
export const patienceCases: readonly FidelityCase[] = [
  {
    name: 'slow-first-byte',
    promise: 'a page whose first byte takes three seconds is waited for',
    routes: {
      '': async () => {
        await sleep(3000);
        return page({ body: '<p>Worth the wait</p>' });
      },
    },
    expect: { texts: ['Worth the wait'] },
  },
  {
    name: 'slow-parts',
    promise: 'a picture, a script and a sheet that take a second each are waited for',
    routes: {
      '': page({
        head: '<link rel="stylesheet" href="s.css">',
        body: `${slot(0, '<img src="g.png">')}${slot(1)}${slot(2)}<p>Slow</p><script async src="s.js"></script>`,
      }),
      'g.png': () => sleep(1200).then(() => greenPng),
      's.css': () => sleep(1000).then(() => `.s1{background:${green}}`),
      's.js': () => sleep(1000).then(() => `document.querySelector('.s2').style.background='${green}'`),
    },
    expect: { green: 3 },
  },
  {
    name: 'late-content',
    promise: 'content that a script fetches and timers show is waited for',
    routes: {
      '': page({
        body: `${slot(0)}<p id="p">Loading</p><script>setTimeout(async () => { const r = await fetch('d.json'); const d = await r.json();
          setTimeout(() => { p.textContent = d.words; document.querySelector('.s0').style.background = d.colour }, 300) }, 400)</script>`,
      }),
      'd.json': JSON.stringify({ words: 'Fetched words', colour: green }),
    },
    expect: { green: 1, texts: ['Fetched words'], settleMs: 1200 },
  },
  {
    name: 'hanging-image',
    promise: 'a picture that never comes does not keep the page from being kept, and is counted',
    routes: {
      '': page({
        body: `${slot(0, '<img src="g.png">')}<p>Words</p><img src="never.png" width="50" height="50">`,
      }),
      'g.png': greenPng,
      'never.png': never,
    },
    expect: { green: 1, texts: ['Words'], missing: 1 },
  },
  {
    name: 'hanging-script',
    promise: 'a blocking script that never comes leaves what stands before it',
    routes: {
      '': page({ body: `<p>Before it</p><script src="never.js"></script><p>After it</p>` }),
      'never.js': never,
    },
    expect: {
      verdict: ['good', 'truncated'],
      texts: ['Before it'],
      sameText: false,
      missing: [0, 1],
      capMs: 8000,
    },
  },
  {
    name: 'endless-document',
    promise: 'a document that never ends is kept as far as it came',
    routes: {
      '': ({ response }) => {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.write(page({ body: '<p>The first part</p>' }).replace('</body></html>', ''));
        return undefined;
      },
    },
    expect: {
      capMs: 8000,
      verdict: ['truncated'],
      evidence: ['timeCap'],
      texts: ['The first part'],
      missing: [0, 1],
    },
  },
  {
    name: 'endless-long-poll',
    promise: 'a page that polls for ever is kept',
    routes: {
      '': page({
        body: `<p>Polling</p><script>const poll = () => fetch('poll').then(poll, poll); poll()</script>`,
      }),
      poll: never,
    },
    expect: { texts: ['Polling'], missing: [0, 1] },
  },
  {
    name: 'endless-requests',
    promise: 'a page that asks every 200 ms is kept, without its site being flooded',
    routes: {
      '': page({
        body: `<p>Asking</p><script>setInterval(() => fetch('tick?' + Math.random()), 200)</script>`,
      }),
      tick: 'tick',
    },
    expect: { texts: ['Asking'], mostVisits: { tick: 150 } },
  },
  {
    name: 'web-socket',
    promise: 'content that comes by WebSocket is in the snapshot',
    sockets: { live: ['Words from the socket'] },
    routes: {
      '': ({ at }) =>
        page({
          body: `<p id="p">Waiting</p><script>new WebSocket('${at.main.replace('http', 'ws')}live').onmessage = (e) => { p.textContent = e.data }</script>`,
        }),
    },
    expect: { texts: ['Words from the socket'] },
  },
  {
    name: 'event-source',
    promise: 'content that comes by server-sent events is in the snapshot',
    routes: {
      '': page({
        body: `<p id="p">Waiting</p><script>new EventSource('events').onmessage = (e) => { p.textContent = e.data }</script>`,
      }),
      events: ({ response }) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: Words from the stream\n\n');
        return undefined;
      },
    },
    expect: { texts: ['Words from the stream'], missing: [0, 1] },
  },
  {
    name: 'infinite-scroll',
    promise: 'a page that grows whenever its end comes into view ends in a snapshot',
    routes: {
      '': page({
        body: `<div id="list"></div><div id="end" style="height:20px"></div><script>let n = 0;
          new IntersectionObserver(async (seen, self) => { if (!seen[0].isIntersecting) return; self.unobserve(end);
            for (let i = 0; i < 20; i++) list.insertAdjacentHTML('beforeend', '<p style="height:60px">Item ' + ++n + '</p>');
            await fetch('more'); self.observe(end); }).observe(end);</script>`,
      }),
      more: '{}',
    },
    expect: { verdict: ['good', 'truncated'], texts: ['Item 20'], sameText: false, pixels: 0.02 },
  },
  {
    name: 'busy-clock',
    promise: 'a page whose clock and animation never stop is kept',
    routes: {
      '': page({
        body: `${slot(0)}<p>Clock</p><p id="c"></p><script>setInterval(() => { c.textContent = Date.now() }, 10);
          let x = 0; (function move() { c.style.marginLeft = ++x % 100 + 'px'; requestAnimationFrame(move) })();
          document.querySelector('.s0').style.background = '${green}'</script>`,
      }),
    },
    expect: { green: 1, texts: ['Clock'], sameText: false, pixels: false },
  },
  {
    name: 'busy-mutations',
    promise: 'a page that replaces its own text all the time is kept',
    routes: {
      '': page({
        body: `<p>Fixed words</p><div id="d"></div><script>setInterval(() => { d.innerHTML = '<b>' + Math.random() + '</b>' }, 5)</script>`,
      }),
    },
    expect: { texts: ['Fixed words'], sameText: false, pixels: 0.01 },
  },
];
