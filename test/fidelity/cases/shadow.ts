import type { FidelityCase } from '../harness/case.ts';
import { green, page, slot } from '../harness/page.ts';
import { greenPng } from '../material/pictures.ts';

const host = '<x-host class="fill"></x-host>';
const box = `<style>:host{display:block;height:100%}div{background:${green};height:100%;color:#fff;font:11px sans-serif}</style>`;

/** Shadow roots and custom elements. */
export const shadowCases: readonly FidelityCase[] = [
  {
    name: 'shadow-open',
    promise: 'open shadow roots, one within another, are kept with their styles and pictures',
    routes: {
      '': page({
        head: '<style>div{background:#c00000}</style>',
        body: `${slot(0, host)}${slot(1, '<x-outer class="fill"></x-outer>')}<p>Light</p><script>
          document.querySelector('x-host').attachShadow({ mode: 'open' }).innerHTML = '${box}<div></div>';
          const outer = document.querySelector('x-outer').attachShadow({ mode: 'open' });
          outer.innerHTML = '<style>:host{display:block}span{display:block;height:100%}</style><span></span>';
          outer.querySelector('span').attachShadow({ mode: 'open' }).innerHTML = '<style>i{display:block;height:100%;background:url(g.png)}</style><i></i>';
        </script>`,
      }),
      'g.png': greenPng,
    },
    expect: { green: 2 },
  },
  {
    name: 'shadow-closed',
    promise: 'closed shadow roots are kept, also those that element internals hold',
    routes: {
      '': page({
        body: `${slot(0, host)}${slot(1, '<x-late class="fill"></x-late>')}<p>Light</p><script>
          document.querySelector('x-host').attachShadow({ mode: 'closed' }).innerHTML = '${box}<div>Closed words</div>';
          customElements.define('x-late', class extends HTMLElement { constructor() { super();
            this.attachShadow({ mode: 'closed' }).innerHTML = '${box}<div>Late words</div>'; this.attachInternals(); } });
        </script>`,
      }),
    },
    expect: { texts: ['Closed words', 'Late words'], green: 0, pixels: 0.002 },
  },
  {
    name: 'shadow-declarative',
    promise: 'declarative shadow roots are kept',
    routes: {
      '': page({
        body: `${slot(0, `<div class="fill"><template shadowrootmode="open">${box}<div></div></template></div>`)}
          ${slot(1, `<div class="fill"><template shadowrootmode="closed">${box}<div></div></template></div>`)}<p>Declared</p>`,
      }),
    },
    expect: { green: 2 },
  },
  {
    name: 'shadow-adopted-sheets',
    promise: 'sheets that shadow roots adopted, one shared by two of them, are kept',
    routes: {
      '': page({
        body: `${slot(0, host)}${slot(1, host)}<p>Shared</p><script>
          const sheet = new CSSStyleSheet(); sheet.replaceSync(':host{display:block}u{display:block;height:100%;background:${green}}');
          for (const one of document.querySelectorAll('x-host')) { const root = one.attachShadow({ mode: 'open' });
            root.innerHTML = '<u></u>'; root.adoptedStyleSheets = [sheet]; }
        </script>`,
      }),
    },
    expect: { green: 2 },
  },
  {
    name: 'shadow-slots',
    promise: 'slotted, named, default and hand-assigned content stands where it stood',
    routes: {
      '': page({
        body: `${slot(0, '<x-host class="fill"><i slot="a" style="display:block;height:100%;background:#00a000"></i>Unnamed</x-host>')}
          <x-list><b slot="second">Second</b><b slot="first">First</b></x-list><x-empty></x-empty><script>
          document.querySelector('x-host').attachShadow({ mode: 'open' }).innerHTML = '<style>:host{display:block}</style><slot name="a"></slot>';
          document.querySelector('x-list').attachShadow({ mode: 'open' }).innerHTML = '<p><slot name="first"></slot> then <slot name="second"></slot></p>';
          document.querySelector('x-empty').attachShadow({ mode: 'open' }).innerHTML = '<style>::slotted(b){color:red}</style><slot>Default words</slot>';
        </script>`,
      }),
    },
    expect: { green: 1, texts: ['First then Second', 'Default words'] },
  },
  {
    name: 'custom-elements',
    promise: 'elements that scripts defined look defined although the replay runs no script',
    routes: {
      '': page({
        head: `<style>x-a:not(:defined){visibility:hidden}x-a:defined{background:${green}}x-b:state(on){background:${green}}</style>`,
        body: `${slot(0, '<x-a class="fill"></x-a>')}${slot(1, '<x-b class="fill"></x-b>')}<x-a>Defined words</x-a><script>
          customElements.define('x-a', class extends HTMLElement {});
          customElements.define('x-b', class extends HTMLElement { constructor() { super(); this.attachInternals().states.add('on'); } });
        </script>`,
      }),
    },
    expect: { green: 2, texts: ['Defined words'] },
  },
];
