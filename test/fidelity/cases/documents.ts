import type { FidelityCase } from '../harness/case.ts';
import { green, greenPage, page } from '../harness/page.ts';
import { encodePng } from '../harness/png.ts';

const pdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);
const archive = Buffer.concat([
  Buffer.from('PK\u0003\u0004', 'latin1'),
  Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 37) & 255)),
]);

/** Links that lead to something else than an HTML page. */
export const documentCases: readonly FidelityCase[] = [
  {
    name: 'file-download',
    promise: 'a link to a download keeps its bytes',
    start: 'file.zip',
    routes: {
      'file.zip': {
        body: archive,
        type: 'application/zip',
        headers: { 'content-disposition': 'attachment; filename="file.zip"' },
      },
    },
    expect: { evidence: ['download'], file: archive, live: false, replay: false, visits: 1 },
  },
  {
    name: 'file-attached-page',
    promise: 'an HTML page that is sent as an attachment is kept as a file',
    routes: {
      '': {
        body: greenPage,
        type: 'text/html',
        headers: { 'content-disposition': "attachment; filename*=UTF-8''%E6%8A%A5%E5%91%8A.html" },
      },
    },
    expect: { evidence: ['download'], file: Buffer.from(greenPage), live: false, replay: false, visits: 1 },
  },
  {
    name: 'file-pdf',
    promise: 'a link to a PDF keeps its bytes',
    start: 'paper.pdf',
    routes: { 'paper.pdf': { body: pdf, type: 'application/pdf' } },
    expect: { evidence: ['download'], file: pdf, live: false, replay: false, visits: 1 },
  },
  {
    name: 'doc-xslt',
    promise: 'XML with a style sheet of its own (XSLT) is kept as the page that it became',
    start: 'data.xml',
    routes: {
      'data.xml':
        '<?xml version="1.0" encoding="utf-8"?><?xml-stylesheet type="text/xsl" href="t.xsl"?><list><item>alpha</item><item>beta 中文</item></list>',
      't.xsl': {
        type: 'text/xsl',
        body: `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="html"/><xsl:template match="/"><html><head><title>Made</title></head><body style="background:${green}"><h1>Transformed</h1><ul><xsl:for-each select="list/item"><li><xsl:value-of select="."/></li></xsl:for-each></ul></body></html></xsl:template></xsl:stylesheet>`,
      },
    },
    expect: { texts: ['Transformed', 'beta 中文'] },
  },
  {
    name: 'doc-xml-plain',
    promise: 'XML without a style sheet is kept as the browser shows it',
    start: 'data.xml',
    routes: { 'data.xml': '<?xml version="1.0"?><feed><title>Plain feed</title><entry>first</entry></feed>' },
    expect: { texts: ['Plain feed'], pixels: 0.02 },
  },
  {
    name: 'doc-xhtml',
    promise: 'an XHTML page sent as XML is kept',
    start: 'page.xhtml',
    routes: {
      'page.xhtml': {
        type: 'application/xhtml+xml',
        body: `<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>X</title><style><![CDATA[ p > b { color: green } ]]></style></head><body><p>Strict <b>words</b><br/> 5 &lt; 6&#160;&amp;&#160;7</p><div/><script><![CDATA[document.querySelector('div').textContent = 'By script']]></script></body></html>`,
      },
    },
    expect: { texts: ['Strict words', '5 < 6', 'By script'] },
  },
  {
    name: 'doc-text',
    promise: 'plain text is kept with its lines',
    start: 'notes.txt',
    routes: { 'notes.txt': `First line\n  indented <b>not bold</b>\n中文行\n${'long '.repeat(60)}\n` },
    expect: { texts: ['First line', '<b>not bold</b>', '中文行'] },
  },
  {
    name: 'doc-json',
    promise: 'JSON is kept as the browser shows it',
    start: 'data.json',
    routes: { 'data.json': JSON.stringify({ name: 'value', 文: '<img src=x onerror=alert(1)>' }, null, 2) },
    expect: { texts: ['"name"', '<img src=x'], sameText: false, pixels: 0.02 },
  },
  {
    name: 'doc-image',
    promise: 'a link to a picture is kept with that picture',
    start: 'photo.png',
    routes: { 'photo.png': encodePng(1280, 800, (_, y) => (y < 300 ? [0, 160, 0] : [y % 256, 60, 90])) },
    expect: { green: 3 },
  },
  {
    name: 'doc-quirks',
    promise: 'a page in quirks mode stays in quirks mode',
    routes: {
      '': `<html><head><title>Old</title><style>body{margin:0;padding-top:160px}</style></head><body><table width="50%"><tr><td style="width:100;height:40;background:yellow">Unitless</td></tr></table><div style="height:50%;background:#eee">Half</div></body></html>`,
    },
    expect: { texts: ['Unitless', 'Half'] },
  },
  {
    name: 'doc-favicon-title',
    promise: 'odd titles and icons do no harm',
    routes: {
      '': page({
        title: '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt; 标题 \u202e',
        head: '<link rel="icon" href="i.svg">',
        body: '<p>Titled</p>',
      }),
      'i.svg': '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>',
    },
    expect: { texts: ['Titled'] },
  },
];
