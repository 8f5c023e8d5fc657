import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collect } from '../../store/index.ts';
import { createEgressGuard } from '../egress/index.ts';
import { allowedAddress, startCanary } from '../egress/testing/servers.ts';
import { findBrowser } from './browser/find-browser.ts';
import { launchBrowser } from './browser/launch.ts';
import { printPdf } from './print-pdf.ts';

async function print(html: string): Promise<Uint8Array> {
  const guard = createEgressGuard({ policy: { allow: [`${allowedAddress}/32`], never: [] } });
  const browser = await launchBrowser(findBrowser(process.env.HOLDFAST_BROWSER), guard, { maxBytes: 1e6 });
  try {
    return await collect(printPdf(browser, html), 1e7);
  } finally {
    await browser.close();
  }
}

test('printing a hostile document runs none of it and connects to nothing', async () => {
  await using canary = await startCanary(allowedAddress);
  const at = `//${allowedAddress}:${canary.port}`;
  const act = `new WebSocket('ws:${at}/ws');window.open('http:${at}/open')`;
  const pdf =
    await print(`<link rel=prefetch href="http:${at}/prefetch"><link rel=preconnect href="http:${at}">
    <script>${act}</script><body onload="${act}" onbeforeprint="${act}"><p>Words
    <img src="data:image/png,x" onerror="${act}"><svg><animate onbegin="${act}" attributeName=x dur=1s></svg>
    <input autofocus onfocus="${act}"><iframe src="http:${at}/frame"></iframe><img src="http:${at}/image">`);
  assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-');
  assert.equal(canary.connections, 0, canary.paths.join(' '));
});

test('a document whose names hide members of the document is printed', async () => {
  const pdf = await print('<form name=images><input></form><img name=fonts><img name=body><p>Words');
  assert.equal(Buffer.from(pdf.subarray(0, 5)).toString(), '%PDF-');
});
