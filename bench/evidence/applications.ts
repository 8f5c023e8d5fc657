import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApplicationPage, applicationPages } from './application-pages.ts';
import { replyFromFolder } from './folder.ts';
import type { Reply, SiteSource } from './site.ts';

const folder = join(import.meta.dirname, '../../.cache/evidence');
const packages = {
  'chart.js': '4.6.1',
  cytoscape: '3.34.4',
  d3: '7.9.2',
  docsify: '5.0.0',
  echarts: '6.1.0',
  katex: '0.19.1',
  leaflet: '1.9.4',
  mathjax: '4.1.3',
  mermaid: '12.3.0',
  'monaco-editor': '0.57.0',
  redoc: '2.5.0',
  'reveal.js': '6.0.2',
  'swagger-ui-dist': '5.35.0',
  'tabulator-tables': '6.5.3',
  three: '0.187.0',
};

function installApplications(): void {
  if (Object.keys(packages).every((name) => existsSync(join(folder, 'node_modules', name)))) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }));
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--legacy-peer-deps'];
  execFileSync('npm', args, { cwd: folder, stdio: 'pipe' });
}

const api = {
  openapi: '3.0.3',
  info: { title: 'Snapshots', version: '1.0', description: 'An interface to describe.' },
  paths: Object.fromEntries(
    ['links', 'snapshots', 'tags', 'jobs'].map((name) => [
      `/${name}/{id}`,
      {
        get: {
          tags: [name],
          summary: name === 'snapshots' ? 'Find a snapshot by its digest' : `Read one of ${name}`,
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { 200: { description: '成功' }, 404: { description: 'Not held' } },
        },
        delete: {
          tags: [name],
          summary: `Remove one of ${name}`,
          responses: { 204: { description: 'Done' } },
        },
      },
    ]),
  ),
};

const files: Readonly<Record<string, Reply>> = {
  '/data/api.json': { type: 'application/json', body: JSON.stringify(api) },
  '/data/tile.svg': {
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#cde" stroke="#89a"/></svg>',
  },
  '/docsify/README.md': {
    type: 'text/markdown; charset=utf-8',
    body: '# 欢迎使用离线手册\n\n- [准备](guide)\n- Works *without* a network.\n',
  },
  '/docsify/_sidebar.md': { type: 'text/markdown; charset=utf-8', body: '- [首页](/)\n- [准备](guide)\n' },
  '/docsify/guide.md': {
    type: 'text/markdown; charset=utf-8',
    body: '# 镜像仓库的准备\n\n```sh\noc adm release mirror\n```\n',
  },
};

function document({ title, head = '', body }: ApplicationPage): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
}

/** All applications as one site, with what each page must show. */
export function applicationSite(): { source: SiteSource; pages: readonly ApplicationPage[] } {
  installApplications();
  const pages = new Map(applicationPages.map((page) => [page.path, page]));
  return {
    pages: applicationPages,
    source: {
      name: 'applications',
      reply(path) {
        if (path.startsWith('/m/')) return replyFromFolder(join(folder, 'node_modules'), path.slice(3));
        const page = pages.get(path);
        return page ? { body: document(page) } : files[path];
      },
    },
  };
}
