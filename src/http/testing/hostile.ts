/**
 * A document that tries every way known to us to reach `target` (an origin) without a person doing anything. `own` are
 * relative addresses of its snapshot: a style sheet, a picture and a frame that are hostile too. `navigates` also makes it leave.
 */
export function hostileDocument(
  target: string,
  own: { css: string; svg: string; frame: string },
  { navigates }: { navigates: boolean },
): string {
  let count = 0;
  const at = (name: string) => `${target}/${name}-${count++}`;
  const bare = target.replace(/^http:/, '');
  return `<!doctype html>
<html manifest="${at('manifest-attribute')}">
<head>
<meta charset="utf-8">
${navigates ? `<meta http-equiv="refresh" content="0;url=${at('refresh')}">` : ''}
<meta http-equiv="Link" content="<${at('meta-link')}>; rel=prefetch">
<meta http-equiv="Content-Security-Policy" content="report-uri ${at('report')}; worker-src 'none'">
<meta http-equiv="x-dns-prefetch-control" content="on">
<link rel="dns-prefetch" href="${at('dns')}"><link rel="preconnect" href="${target}"><link rel="preconnect" href="${bare}" crossorigin>
${[
  'prefetch',
  'prerender',
  'next',
  'manifest',
  'icon',
  'apple-touch-icon',
  'alternate stylesheet',
  'import',
  'stylesheet',
  'modulepreload',
  'search',
  'pingback',
  'compression-dictionary',
  'expect',
]
  .map((rel) => `<link rel="${rel}" href="${at(rel.replace(' ', '-'))}">`)
  .join('\n')}
${['script', 'style', 'image', 'font', 'fetch', 'document', 'track', 'video', 'audio', 'worker']
  .map((as) => `<link rel="preload" as="${as}" href="${at(`preload-${as}`)}" crossorigin>`)
  .join('\n')}
<link rel="preload" as="image" imagesrcset="${at('imagesrcset')} 1x" imagesizes="100vw">
<link rel="stylesheet" href="${own.css}">
<style>
@import "${at('import')}"; @import url(${at('import-url')}) layer(x) screen;
@font-face { font-family: evil; src: url(${at('font')}) format("woff2"), local("x"); }
@namespace svg url(${at('namespace')});
body { font-family: evil; background: url(${at('background')}); cursor: url(${at('cursor')}), auto; --x: url(${at('property')}); }
p { background: image-set("${at('image-set')}" 1x); mask-image: url(${at('mask')}); border-image: url(${at('border')}) 1; list-style-image: url(${at('list')}); }
p::before { content: url(${at('content')}); } p::after { content: "x"; background: var(--x); }
p { filter: url(${at('filter')}#f); clip-path: url(${at('clip')}#c); shape-outside: url(${at('shape')}); offset-path: url(${at('offset')}#o); }
</style>
<script>fetch("${at('fetch')}"); new Image().src = "${at('script-image')}"; navigator.sendBeacon("${at('beacon')}"); new WebSocket("ws:${bare}");${navigates ? ` location = "${at('location')}";` : ''}</script>
<script src="${at('script')}"></script><script type="module">import "${at('module')}";</script>
<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${at('speculation')}"]}],"prerender":[{"source":"list","urls":["${at('prerender-rule')}"]}]}</script>
</head>
<body background="${at('body-background')}" onload="fetch('${at('onload')}')">
<p>shown</p>
<img src="${at('img')}" lowsrc="${at('lowsrc')}" attributionsrc="${at('attribution')}" onerror="fetch('${at('onerror')}')">
<img srcset="${at('srcset')} 1x, ${at('srcset2')} 2x"><img loading="lazy" src="${at('lazy')}" crossorigin>
<picture><source srcset="${at('source')}"><img src="${at('picture')}"></picture>
<input type="image" src="${at('input')}" autofocus onfocus="fetch('${at('onfocus')}')">
<table background="${at('table')}"><tr><td background="${at('cell')}" style="background:url(${at('style')})">x</table>
<video src="${at('video')}" poster="${at('poster')}" autoplay muted preload="auto"><track src="${at('track')}" default></video>
<video autoplay muted><source src="${at('video-source')}" type="video/mp4"></video><audio src="${at('audio')}" autoplay preload="auto"></audio>
<object data="${at('object')}"><param name="movie" value="${at('param')}"></object><embed src="${at('embed')}"><applet code="${at('applet')}"></applet>
<bgsound src="${at('bgsound')}"><portal src="${at('portal')}"></portal><fencedframe src="${at('fenced')}"></fencedframe>
<iframe src="${at('iframe')}"></iframe><iframe srcdoc="<img src=${at('srcdoc')}><meta http-equiv=refresh content='0;url=${at('srcdoc-refresh')}'>"></iframe>
<iframe src="javascript:fetch('${at('javascript')}')"></iframe><iframe src="data:text/html,<img src=${at('data-frame')}>"></iframe>
<iframe src="${own.frame}"></iframe><img src="${own.svg}"><object data="${own.svg}" type="image/svg+xml"></object>
<form id="f" action="${at('form')}" method="post"><input name="a" value="b"><button autofocus formaction="${at('formaction')}">x</button></form>${navigates ? '<script>f.submit()</script>' : ''}
<a id="a" href="${at('anchor')}" ping="${at('ping')}" target="_top" attributionsrc>x</a>${navigates ? '<script>a.click()</script>' : ''}
<template shadowrootmode="open"><style>@import "${at('shadow-import')}";</style><img src="${at('shadow')}"></template>
<div><template shadowrootmode="open"><img src="${at('shadow-declared')}"></template></div>
${hostileSvg(target)}
<math href="${at('math')}"><mglyph src="${at('mglyph')}"/><maction actiontype="statusline" href="${at('maction')}"><mi>x</mi></maction></math>
<details open ontoggle="fetch('${at('ontoggle')}')">x</details><marquee onstart="fetch('${at('onstart')}')">x</marquee>
</body></html>`;
}

/** A picture with the same intent. */
export function hostileSvg(target: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40" onload="fetch('${target}/svg-onload')">
<style>@import url(${target}/svg-import); rect { fill: url(${target}/svg-fill#x); }</style>
<image href="${target}/svg-image" width="9" height="9"/><image xlink:href="${target}/svg-xlink" width="9" height="9"/>
<use href="${target}/svg-use#x"/><use xlink:href="${target}/svg-use-xlink#x"/>
<filter id="x"><feImage href="${target}/svg-feimage"/></filter><rect width="9" height="9" filter="url(#x)"/>
<script href="${target}/svg-script"/><script>fetch("${target}/svg-inline")</script>
<set attributeName="href" to="${target}/svg-set"/><a href="${target}/svg-a"><animate attributeName="href" to="javascript:fetch('${target}/svg-animate')"/></a>
<foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="${target}/svg-foreign"/><iframe xmlns="http://www.w3.org/1999/xhtml" src="${target}/svg-frame"/></foreignObject>
</svg>`;
}

/** A style sheet with the same intent. */
export const hostileCss = (target: string): string =>
  `@import "${target}/css-import"; @font-face { font-family: e2; src: url(${target}/css-font); }
p { font-family: e2; background: url(${target}/css-background); } body { outline: 3px solid rgb(1, 2, 3); }`;
