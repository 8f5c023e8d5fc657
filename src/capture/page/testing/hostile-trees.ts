import * as fc from 'fast-check';

const namespaces = {
  html: 'http://www.w3.org/1999/xhtml',
  svg: 'http://www.w3.org/2000/svg',
  math: 'http://www.w3.org/1998/Math/MathML',
  other: 'urn:other',
} as const;

/** A tree that a script builds node by node, past every rule of the parser. */
export interface HostileTree {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly children: readonly HostileTree[];
}

const names = (
  'script style iframe frame object embed applet base meta link img image feImage feimage use animate set a svg math ' +
  'foreignObject foreignobject template noscript textarea title xmp plaintext select option table td form input video ' +
  'source track audio frameset body html head desc mtext mglyph annotation-xml p div span font x-own handler ' +
  'IFRAME Script META LINK Base iMg svg:script h:iframe rect filter pattern portal'
).split(' ');

const act = 'javascript:pwn()';
const reach = 'http://evil.test/t';
const attributes: readonly (readonly [string, string])[] = [
  ...['onload', 'onerror', 'ONCLICK', 'onbegin', 'onfocus'].map((name) => [name, 'pwn()'] as const),
  ...[
    'src',
    'href',
    'HREF',
    'xlink:href',
    'data',
    'action',
    'formaction',
    'to',
    'values',
    'poster',
    'code',
  ].flatMap((name) => [[name, act] as const, [name, reach] as const]),
  ...['fill', 'filter', 'mask', 'clip-path', 'cursor', 'marker-end', 'style', 'background'].flatMap(
    (name) => [[name, `url(${reach})`] as const, [name, `u\\72l(${reach})`] as const],
  ),
  ['style', `background:url(${reach})`],
  ['srcdoc', '<script>parent.pwn()</script>'],
  ['srcset', `${reach} 1x`],
  ['http-equiv', 'refresh'],
  ['content', `900;url=${act}`],
  ['rel', 'stylesheet'],
  ['rel', 'canonical preload'],
  ['rel', 'alternate'],
  ['as', 'image'],
  ['type', 'image'],
  ['type', 'text/html'],
  ['attributeName', 'href'],
  ['attributename', 'filter'],
  ['encoding', 'text/html'],
  ['title', '</style></title></textarea><img src=x onerror=pwn()>'],
  ['name', 'attributes'],
  ['shadowrootmode', 'open'],
  ['is', 'x-own'],
];

const texts = [
  '',
  'pwn()',
  '<img src=x onerror=pwn()>',
  '</style><script>pwn()</script>',
  '<!--<script>pwn()</script>',
  `@import "${reach}";*{background:url(${reach})}`,
  'a{content:"</svg><iframe src=javascript:pwn()>"}',
];

/** Any such tree. */
export const hostileTrees: fc.Arbitrary<HostileTree> = treesOf(2);

function treesOf(depth: number): fc.Arbitrary<HostileTree> {
  return fc.record({
    namespace: fc.constantFrom(...Object.values(namespaces)),
    name: fc.constantFrom(...names),
    attributes: fc.array(fc.constantFrom(...attributes), { maxLength: 4 }),
    text: fc.constantFrom(...texts),
    children: depth === 0 ? fc.constant([]) : fc.array(treesOf(depth - 1), { maxLength: 3 }),
  });
}

/** A document whose script builds the trees, in its body and in a shadow root. */
export function documentOf(trees: readonly HostileTree[]): string {
  const json = JSON.stringify(trees).replace(/</g, '\\u003c');
  return `<!doctype html><body><div id=host></div><script>
    const build = ({ namespace, name, attributes, text, children }) => {
      const element = document.createElementNS(namespace, name);
      for (const [key, value] of attributes) try { element.setAttributeNS(key.startsWith('xlink:') ? 'http://www.w3.org/1999/xlink' : null, key, value) } catch {}
      if (text) element.append(text);
      for (const child of children) element.append(build(child));
      return element;
    };
    const shadow = host.attachShadow({ mode: 'closed' });
    for (const tree of ${json}) { document.body.append(build(tree)); shadow.append(build(tree)) }
  </script>`;
}
