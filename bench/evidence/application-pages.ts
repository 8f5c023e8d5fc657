/** One page of a JavaScript application: markup, and a text that only its scripts can have made (or drawn around). */
export interface ApplicationPage {
  readonly path: string;
  readonly title: string;
  readonly head?: string;
  readonly body: string;
  readonly shows: string;
  /** A fragment that routes within the application. */
  readonly fragment?: string;
}

const module = (code: string) => `<script type="module">${code}</script>`;
const script = (path: string) => `<script src="/m/${path}"></script>`;
const style = (path: string) => `<link rel="stylesheet" href="/m/${path}">`;
const box = (id: string, height = 420) => `<div id="${id}" style="width:900px;height:${height}px"></div>`;

const chart = (path: string, title: string, options: string, renderer = 'canvas'): ApplicationPage => ({
  path,
  title,
  head: script('echarts/dist/echarts.min.js'),
  body: `<h1>${title}</h1>${box('c')}<p id="done"></p><script>const chart = echarts.init(c, null, { renderer: '${renderer}' });
    chart.on('finished', () => { done.textContent = 'Drawn ' + chart.getWidth(); }); chart.setOption(${options});</script>`,
  shows: 'Drawn 900',
});

const diagram = (path: string, title: string, text: string, shows: string): ApplicationPage => ({
  path,
  title,
  body: `<h1>${title}</h1><pre class="mermaid">${text}</pre>${script('mermaid/dist/mermaid.js')}<script>mermaid.initialize({ startOnLoad: true })</script>`,
  shows,
});

const docsify = (fragment: string, shows: string): ApplicationPage => ({
  path: '/docsify/',
  fragment,
  title: '离线手册',
  head: style('docsify/dist/themes/core.css'),
  body: `<div id="app">Loading</div><script>window.$docsify = { name: '离线手册', basePath: '/docsify/', loadSidebar: true, relativePath: false }</script>${script('docsify/dist/docsify.min.js')}`,
  shows,
});

/** The pages of the applications; paths under /m/ are files of npm packages. */
export const applicationPages: readonly ApplicationPage[] = [
  {
    path: '/swagger/',
    title: 'Swagger UI',
    head: style('swagger-ui-dist/swagger-ui.css'),
    body: `<div id="ui"></div>${script('swagger-ui-dist/swagger-ui-bundle.js')}<script>SwaggerUIBundle({ url: '/data/api.json', dom_id: '#ui', deepLinking: true, docExpansion: 'full' })</script>`,
    shows: 'Find a snapshot by its digest',
  },
  {
    path: '/redoc/',
    title: 'Redoc',
    body: `<div id="r"></div>${script('redoc/bundles/redoc.standalone.js')}<script>Redoc.init('/data/api.json', { disableSearch: true }, r)</script>`,
    shows: 'Find a snapshot by its digest',
  },
  {
    path: '/reveal/',
    title: 'Slides',
    head: style('reveal.js/dist/reveal.css') + style('reveal.js/dist/theme/black.css'),
    body: `<div class="reveal"><div class="slides"><section><h2>Install without a network</h2><p>第一张幻灯片</p></section><section>Second slide</section></div></div>${script('reveal.js/dist/reveal.js')}<script>Reveal.initialize()</script>`,
    shows: 'Install without a network',
  },
  docsify('#/', '欢迎使用离线手册'),
  docsify('#/guide', '镜像仓库的准备'),
  diagram(
    '/mermaid/flow',
    'Flow chart',
    'flowchart LR\n A[Mirror registry] --> B{Air gap}\n B -->|carry| C[Bastion]',
    'Mirror registry',
  ),
  diagram(
    '/mermaid/sequence',
    'Sequence',
    'sequenceDiagram\n 用户->>服务器: 请求快照\n 服务器-->>用户: 返回摘要',
    '请求快照',
  ),
  diagram(
    '/mermaid/gantt',
    'Plan',
    'gantt\n title Plan\n section Work\n Mirror images :a1, 2026-01-01, 30d\n Boot nodes :after a1, 20d',
    'Mirror images',
  ),
  {
    path: '/monaco/',
    title: 'Editor',
    body: `<h1>Editor</h1>${box('e')}${script('monaco-editor/min/vs/loader.js')}<script>require.config({ paths: { vs: '/m/monaco-editor/min/vs' } });
      require(['vs/editor/editor.main'], () => monaco.editor.create(e, { value: 'function holdfast() {\\n  return "anchor";\\n}', language: 'javascript' }))</script>`,
    shows: 'holdfast',
  },
  {
    path: '/leaflet/',
    title: 'Map',
    head: style('leaflet/dist/leaflet.css') + script('leaflet/dist/leaflet.js'),
    body: `<h1>Map</h1>${box('map')}<script>const m = L.map('map').setView([31.2, 121.5], 5); L.tileLayer('/data/tile.svg?{z}/{x}/{y}', { attribution: 'Tiles made here' }).addTo(m);
      L.marker([31.2, 121.5]).addTo(m).bindPopup('Port of 上海').openPopup()</script>`,
    shows: 'Port of 上海',
  },
  {
    path: '/three/',
    title: 'Scene',
    head: `<script type="importmap">{"imports":{"three":"/m/three/build/three.module.js"}}</script>`,
    body: `<h1>Scene</h1><p id="done"></p>${module(`import * as THREE from 'three';
      const renderer = new THREE.WebGLRenderer(); renderer.setSize(600, 400); document.body.append(renderer.domElement);
      const scene = new THREE.Scene(); const camera = new THREE.PerspectiveCamera(60, 1.5, 0.1, 100); camera.position.z = 3;
      scene.add(new THREE.Mesh(new THREE.TorusKnotGeometry(0.7, 0.25), new THREE.MeshNormalMaterial()));
      renderer.setAnimationLoop((t) => { scene.rotation.y = t / 1000; renderer.render(scene, camera); done.textContent = 'Rendered by revision ' + THREE.REVISION })`)}`,
    shows: 'Rendered by revision',
  },
  chart(
    '/echarts/bar',
    'Bars',
    `{ xAxis: { data: ['一', '二', '三'] }, yAxis: {}, series: [{ type: 'bar', data: [5, 20, 36] }] }`,
  ),
  chart(
    '/echarts/line',
    'Lines as SVG',
    `{ xAxis: { type: 'category', data: ['Mon', 'Tue'] }, yAxis: {}, series: [{ type: 'line', data: [15, 23], smooth: true }] }`,
    'svg',
  ),
  chart(
    '/echarts/pie',
    'Pie',
    `{ legend: {}, series: [{ type: 'pie', data: [{ name: '镜像', value: 3 }, { name: '页面', value: 7 }] }] }`,
  ),
  {
    path: '/katex/',
    title: 'Formulas (KaTeX)',
    head: style('katex/dist/katex.min.css') + script('katex/dist/katex.min.js'),
    body: `<h1>Formulas</h1><div id="k"></div><script>katex.render('\\\\int_0^\\\\infty e^{-x^2}dx = \\\\frac{\\\\sqrt{\\\\pi}}{2}', k, { displayMode: true })</script>`,
    shows: '∞',
  },
  {
    path: '/mathjax/',
    title: 'Formulas (MathJax)',
    body: `<h1>Formulas</h1><p>Euler: $$e^{i\\pi} + 1 = 0$$</p><p id="done"></p><script>MathJax = { loader: { paths: { 'mathjax-newcm': '/m/@mathjax/mathjax-newcm-font' } }, startup: { pageReady: () => MathJax.startup.defaultPageReady().then(() => { done.textContent = 'Typeset by ' + MathJax.version }) } }</script>${script('mathjax/tex-svg.js')}`,
    shows: 'Typeset by 4',
  },
  {
    path: '/d3/bars',
    title: 'Bars by D3',
    body: `<h1>Bars</h1><svg id="s" width="800" height="300"></svg>${script('d3/dist/d3.min.js')}<script>const y = d3.scaleLinear([0, 9], [0, 250]);
      const g = d3.select('#s').selectAll('g').data([3, 5, 9, 2]).join('g').attr('transform', (_, i) => 'translate(' + i * 90 + ')');
      g.append('rect').attr('width', 70).attr('y', (d) => 280 - y(d)).attr('height', y).attr('fill', 'teal'); g.append('text').attr('y', 295).text((d) => 'value ' + d)</script>`,
    shows: 'value 9',
  },
  {
    path: '/d3/force',
    title: 'Graph by D3',
    body: `<h1>Graph</h1><svg id="s" width="800" height="500"></svg><p id="done"></p>${script('d3/dist/d3.min.js')}<script>const nodes = d3.range(60).map((i) => ({ id: i })); const links = d3.range(1, 60).map((i) => ({ source: i, target: i >> 1 }));
      const dots = d3.select('#s').selectAll('circle').data(nodes).join('circle').attr('r', 6).attr('fill', 'purple');
      d3.forceSimulation(nodes).force('l', d3.forceLink(links)).force('c', d3.forceCenter(400, 250)).force('m', d3.forceManyBody()).on('tick', () => { dots.attr('cx', (d) => d.x).attr('cy', (d) => d.y); done.textContent = 'Ticking' })</script>`,
    shows: 'Ticking',
  },
  {
    path: '/chart/',
    title: 'Chart.js',
    body: `<h1>Chart</h1><canvas id="c" width="800" height="400"></canvas><p id="done"></p>${script('chart.js/dist/chart.umd.min.js')}<script>const one = new Chart(c, { type: 'line', data: { labels: ['a', 'b', 'c'], datasets: [{ label: 'Values', data: [3, 1, 4] }] } }); done.textContent = 'Chart with ' + one.data.labels.length + ' labels'</script>`,
    shows: 'Chart with 3 labels',
  },
  {
    path: '/tabulator/',
    title: 'Table',
    head:
      style('tabulator-tables/dist/css/tabulator.min.css') +
      script('tabulator-tables/dist/js/tabulator.min.js'),
    body: `<h1>Table</h1><div id="t"></div><script>new Tabulator('#t', { height: 400, layout: 'fitColumns', data: Array.from({ length: 500 }, (_, i) => ({ id: i, name: 'Row number ' + i })), columns: [{ title: 'Id', field: 'id' }, { title: 'Name of it', field: 'name' }] })</script>`,
    shows: 'Row number 1',
  },
  {
    path: '/cytoscape/',
    title: 'Network',
    body: `<h1>Network</h1>${box('n')}<p id="done"></p>${script('cytoscape/dist/cytoscape.min.js')}<script>const net = cytoscape({ container: n, elements: [{ data: { id: 'a' } }, { data: { id: 'b' } }, { data: { source: 'a', target: 'b' } }] }); net.ready(() => { done.textContent = 'Network of ' + net.nodes().length })</script>`,
    shows: 'Network of 2',
  },
];
