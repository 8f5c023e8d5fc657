import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { extractText } from './extract-text.ts';
import { parseDocument } from './parse-document.ts';
import { readableText } from './readable-text.ts';
import type { Extracted, TextInput } from './types.ts';

const url = 'https://post.example/a/b/page.html';

function extracted(name: string, more: Partial<TextInput> = {}): Extracted {
  const html = readFileSync(new URL(`fixtures/${name}.html`, import.meta.url), 'utf8');
  return extractText({ html, url, visibleText: readableText(parseDocument(html).body), ...more });
}

interface Promised {
  readonly metadata: Partial<Extracted>;
  /** The text begins so. */
  readonly start: string;
  readonly text: readonly string[];
  readonly notText?: readonly string[];
  readonly markdown: readonly string[];
  readonly isArticle: boolean;
}

const pages: Record<string, Promised> = {
  'news-json-ld': {
    metadata: {
      title: 'Harbour bridge reopens after nine months',
      author: 'Maria Oduya, Tom Ferris',
      siteName: 'The Estuary Post',
      language: 'en-GB',
      publishedAt: '2026-02-11T06:45:00.000Z',
      description: 'Engineers replaced 412 hangers while ferries carried commuters.',
      iconUrl: 'https://post.example/favicon-96.png',
      previewImageUrl: 'https://post.example/media/bridge-1200.jpg',
    },
    start: 'Harbour bridge reopens after nine months\n\n',
    text: ['Ferries stay until summer\n\nThe passenger ferries', 'would miss the boat,” said'],
    notText: ['cookies', 'More stories', 'Swans return', '©'],
    markdown: [
      '# Harbour bridge reopens after nine months\n\n![The bridge at dawn](https://post.example/media/bridge-800.jpg)',
      '\n## Ferries stay until summer\n',
      '[south quay](https://post.example/local/south-quay)',
      '\n> “Nobody wanted the detour',
    ],
    isArticle: true,
  },
  'zh-news': {
    metadata: {
      title: '北方港口今冬首次实现全程无纸化通关',
      author: '陈晓云',
      language: 'zh',
      publishedAt: '2026-01-08',
      description: '自十二月起，北方港口所有出口集装箱均可在线完成申报。',
    },
    start: '北方港口今冬首次实现全程无纸化通关\n\n本报讯 记者从',
    text: ['连盖章都省了。\n\n为了应对断网'],
    notText: ['热点排行', '博物馆夜场', '版权所有'],
    markdown: ['# 北方港口今冬首次实现全程无纸化通关\n\n本报讯', '\n\n据介绍，新系统'],
    isArticle: true,
  },
  'zh-wechat': {
    metadata: {
      title: '离线安装集群的七个坑',
      author: '赵一鸣',
      siteName: '运维手记',
      language: 'zh',
      publishedAt: '2025-12-01',
      previewImageUrl: 'http://img.example/cover.png',
    },
    start: '离线安装集群的七个坑\n\n去年我们',
    text: ['第三个坑是域名解析。'],
    markdown: ['![步骤](https://img.example/steps.png)'],
    isArticle: true,
  },
  blog: {
    metadata: {
      title: 'Keeping sourdough alive on a boat',
      author: 'Wim Achterberg',
      publishedAt: '2025-12-01T00:02:00.000Z',
      iconUrl: undefined,
    },
    start: 'Keeping sourdough alive on a boat\n\nA starter wants',
    text: [
      '• Wedge the jar between two tins, lid loose.\n• Keep',
      '• ☑ dry a new flake\n• ☐ buy white rye flour',
    ],
    notText: ['Greta', 'going nowhere'],
    markdown: [
      '\n1. Feed it before you cast off, never after.\n2. Wedge',
      '- [x] dry a new flake\n- [ ] buy ~~white~~ rye flour',
      'when it *smells* of apples',
      '**fifty grams of water',
      'Click here or write to [me](mailto:wim@knots.example)',
      '[on its own page](https://post.example/a/recipes/rye.html?size=2#bake)',
    ],
    isArticle: true,
  },
  'docs-sphinx': {
    metadata: { title: 'Mirroring a registry', iconUrl: 'https://post.example/a/_static/favicon.ico' },
    start: 'Mirroring a registry\n\nA mirror holds',
    text: [
      '$ portage mirror --from quay.example/release:4.2 \\\n    --to registry.local',
      'Option\tDefault\tMeaning\n--jobs\t4\t',
    ],
    notText: ['¶', 'Table of contents', 'genindex', '1\n2\n3'],
    markdown: [
      '```console\n$ portage mirror --from quay.example/release:4.2 \\\n    --to registry.local:5000/release\n```',
      "```python\nfrom portage import mirror\n\nmirror('quay.example', resume=True)  # `a` < b\n```",
      'What the command takes\n\n| Option | Default | Meaning |\n| --- | --- | --- |\n| `--jobs` | 4 | Copies at a time |',
      '| `--only a\\|b` |  | Just these [architectures](https://post.example/a/b/arch.html) |',
      'Give `--resume` to go on',
    ],
    isArticle: true,
  },
  'code-heavy': {
    metadata: {
      title: 'A queue in forty lines',
      author: 'Ada Byrne',
      publishedAt: '2024-07-19',
      previewImageUrl: 'https://cdn.example/q.png',
    },
    start: 'A queue in forty lines\n\n',
    text: ['            WHERE lease_until < $2 ORDER BY run_at LIMIT 1)', 'such as <script> or &amp; has'],
    markdown: [
      '```sql\nUPDATE jobs SET lease_until = $1\nWHERE id = (SELECT id FROM jobs\n            WHERE',
      '````js\nfor (;;) {',
      '// ``` is a fence\n}\n````',
      '```shell\nnpm start\ncurl localhost\n```',
      'such as \\<script> or \\&amp; has to come out as text, and 5 \\* 3 \\* 2 is',
      '`a | b`',
    ],
    isArticle: true,
  },
  'table-heavy': {
    metadata: { title: 'Planeten im Vergleich', language: 'de-DE', publishedAt: '2024-03-05' },
    start: 'Planeten im Vergleich\n\nDie folgende',
    text: ['Bahn und Masse\nPlanet\tEntfernung (AE)\tMasse\tUmlaufzeit\nMercury\t0.39'],
    markdown: [
      '| Jupiter | 5.20 | 317.8 | 11.86 a |\n| Saturn',
      '|  |  |\n| --- | --- |\n| ohne | Kopf |\n| breit |  |',
    ],
    isArticle: true,
  },
  'shadow-dom': {
    metadata: { title: 'Web components handbook' },
    start: 'Web components handbook\n\nSlots in practice\n\nA slot is',
    text: ['Note: upgrade twice'],
    notText: ['never shown', 'no title', 'nothing\n'],
    markdown: ['# Slots in practice', 'Note: upgrade twice'],
    isArticle: true,
  },
  'rtl-arabic': {
    metadata: { title: 'دليل التثبيت دون اتصال', language: 'ar', description: 'خطوات التثبيت' },
    start: 'دليل التثبيت دون اتصال\n\nيشرح',
    text: ['سجل الدخول بالحساب'],
    notText: ['الرئيسية'],
    markdown: ['# دليل التثبيت دون اتصال\n\nيشرح'],
    isArticle: true,
  },
  dashboard: {
    metadata: { title: 'Cluster overview' },
    start: 'NodesPodsEvents',
    text: ['12 ready', 'worker-1\tNotReady'],
    markdown: [
      '# Cluster overview',
      '[Pods](https://post.example/pods)',
      '| master-0 | Ready | 31 % |',
      '**341** running',
    ],
    isArticle: false,
  },
  list: {
    metadata: { title: 'Latest threads' },
    start: 'Forum\n\nLatest threads',
    text: ['Thread number 60', 'Page 1 of 20'],
    markdown: ['# Latest threads', '- [Thread number 1 about topic 7](https://post.example/t/1)'],
    isArticle: false,
  },
};

for (const [name, promised] of Object.entries(pages))
  test(`text, Markdown and metadata of a page such as ${name}`, () => {
    const page = extracted(name);
    for (const [field, value] of Object.entries(promised.metadata))
      assert.equal(page[field as keyof Extracted], value, field);
    assert.ok(page.text.startsWith(promised.start), page.text.slice(0, 200));
    for (const part of promised.text)
      assert.ok(page.text.includes(part), `text has no ${part}\n${page.text}`);
    for (const part of promised.notText ?? []) assert.ok(!page.text.includes(part), `text has ${part}`);
    for (const part of promised.markdown)
      assert.ok(page.markdown.includes(part), `Markdown has no ${part}\n${page.markdown}`);
    assert.equal(page.articleHtml !== '', promised.isArticle);
    assert.equal(page.markdown.split(`# ${page.title}\n`).length <= 2, true, 'the heading stands once');
  });

test('nothing active and no raw HTML passes through', () => {
  const page = extracted('hostile-markup');
  assert.doesNotMatch(
    page.articleHtml,
    /<(?:script|svg|iframe|object|form|input|button)|onerror=|onclick=|javascript:|data:text/i,
  );
  assert.doesNotMatch(page.articleHtml.replace(/alt="[^"]*"/g, ''), /alert\(9\)/);
  assert.doesNotMatch(page.markdown, /(?<!\\)<[a-z/!]/i);
  assert.doesNotMatch(page.markdown, /(?<!\\)\]\((?!https:\/\/docs\.example\/v2\/)/);
  assert.match(
    page.markdown,
    /^# \\<img src=x onerror=alert\(1\)> \\\[click\\\]\(javascript:alert\(2\)\) \\`x\\`$/m,
  );
  assert.match(
    page.markdown,
    /\[parentheses\]\(https:\/\/docs\.example\/v2\/page%20%281%29\.html\?q=%28%3Cx%3E\)/,
  );
  assert.match(page.markdown, /\\<script>alert\(8\)\\<\/script> stays text, and so does \\&lt;b\\&gt;\./);
  assert.equal(page.previewImageUrl, undefined);
  assert.equal(page.language, '');
  assert.ok(!page.text.includes('hunter2'));
});

test('a picture of the article is its reference in the snapshot, and never an address outside', () => {
  const reference = `sha256-${'ab'.repeat(32)}`;
  const origin = 'https://post.example/media/bridge-800.jpg';
  const page = extracted('news-json-ld', { references: { [origin]: reference } });
  assert.ok(
    page.articleHtml.includes(`<img src="${reference}" data-origin="${origin}" alt="The bridge at dawn">`),
  );
  assert.doesNotMatch(extracted('news-json-ld').articleHtml, /src=/);
  const misled = extracted('news-json-ld', { references: { [origin]: 'https://evil.example/x.png' } });
  assert.doesNotMatch(misled.articleHtml, /src=/);
});

test('structured data may come apart from the document, and broken or hostile data is passed over', () => {
  const html = '<html><head><title>A page</title></head><body><p>text</p></body></html>';
  const jsonLd = [
    '{broken',
    '[1, null, "x"]',
    '{"@type":"Organization","name":"No page"}',
    '{"@type":["Thing","https://schema.org/BlogPosting"],"author":"Ola Nordmann","datePublished":"2025-05-17","publisher":{"name":{"a":1}}}',
  ];
  const page = extractText({ html, url, visibleText: 'text', jsonLd });
  assert.deepEqual([page.author, page.publishedAt, page.siteName], ['Ola Nordmann', '2025-05-17', '']);
});

test('a page without a word gives empty text, not an error', () => {
  for (const html of [
    '',
    '<html></html>',
    '<!doctype html><html><head></head><body></body></html>',
    '<body>',
    '\0<',
  ])
    assert.deepEqual([extractText({ html, url: 'not a url', visibleText: '' }).text], ['']);
});

test('a page of a hundred thousand elements gives its title and what was seen', () => {
  const html = `<html><head><title>Deep</title></head><body>${'<div>'.repeat(100_000)}x${'</div>'.repeat(100_000)}</body></html>`;
  const page = extractText({ html, url, visibleText: 'x *y*' });
  assert.deepEqual([page.title, page.text, page.markdown], ['Deep', 'x *y*', '# Deep\n\nx \\*y\\*']);
});

test('nesting and length that would take other readers down come through', () => {
  const deep = `<html><head><title>d</title></head><body>${'<div><b>'.repeat(5_000)}end</body></html>`;
  assert.match(extractText({ html: deep, url, visibleText: 'end' }).markdown, /end/);
  const tables = `<html><body>${'<table><tr><td>a</td><td>'.repeat(60)}x</body></html>`;
  assert.match(extractText({ html: tables, url, visibleText: 'a x' }).markdown, /x/);
  const items = `<html><head><title>l</title></head><body><ol>${'<li>item'.repeat(1_234)}</ol></body></html>`;
  assert.match(extractText({ html: items, url, visibleText: '' }).markdown, /\n1233\. item\n1234\. item$/);
  const rows = `<html><body><table>${'<tr><td>a<td>b'.repeat(500)}</table></body></html>`;
  assert.equal(
    extractText({ html: rows, url, visibleText: '' }).markdown.match(/\| a \| b \|/g)?.length,
    500,
  );
});
