import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { web as en } from '../../src/texts/en/web.ts';
import { launchBrowser, openWatched, type Watched } from './support/browser.ts';
import { openKinds } from './support/kinds.ts';

// At the top, since what it ends with the suite would end with a hook.
const kinds = await openKinds();

describe('files, images, releases and the registry in a browser', { timeout: 60_000 }, () => {
  let browser: Browser;
  let watched: Watched;
  let page: Page;
  const open = async (path: string) => {
    await page.goto(kinds.origin + path);
    return page;
  };

  before(async () => {
    browser = await launchBrowser();
    watched = await openWatched(browser);
    page = watched.page;
    page.setDefaultTimeout(60_000);
  });
  after(async () => {
    await browser?.close();
    assert.deepEqual(watched?.trouble, []);
  });

  test('a file shows its name, its digest and the way to download it; one without text has no tabs', async () => {
    await open(`/links/${kinds.iso}`);
    const view = page.getByTestId('file-view');
    await view.getByRole('heading', { name: 'rhcos-4.5.6-x86_64-installer.x86_64.iso' }).waitFor();
    await view.getByText(/^sha256:[0-9a-f]{64}$/).waitFor();
    const download = page.waitForEvent('download');
    await view.getByRole('link', { name: en.act.download }).click();
    assert.equal((await download).suggestedFilename(), 'rhcos-4.5.6-x86_64-installer.x86_64.iso');
    assert.equal(await page.getByRole('tab').count(), 0);
  });

  test('a PDF has its text and its preview beside it', async () => {
    await open(`/links/${kinds.pdf}`);
    await page.getByTestId('tab-text').click();
    await page.getByText('离线安装前请核对磁盘数量与证书有效期。').waitFor();
    await page.getByTestId('tab-preview').click();
    const picture = page.getByRole('img').first();
    await picture.waitFor();
    assert.ok(
      await picture.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth > 0)),
    );
  });

  test('an image shows its platforms, and the layers of the one that is opened', async () => {
    await open(`/links/${kinds.image}`);
    const view = page.getByTestId('image-view');
    await view.getByText('docker://quay.io/keepers/lighthouse:2.4').waitFor();
    await view.getByText('podman pull bastion.example.org:5000/keepers/lighthouse:2.4').waitFor();
    assert.equal(await view.getByTestId('platform').count(), 3);
    assert.equal(await view.getByTestId('layers').count(), 0);
    await view.getByRole('button', { name: /linux\/arm64\/v8/ }).click();
    assert.equal(await view.getByTestId('layers').getByRole('listitem').count(), 3);
    await view.getByText(en.image.shared(3)).waitFor();
    await view.getByText('org.opencontainers.image.source').waitFor();
  });

  test('a release finds one of its 109 components, and writes what an installation needs next', async () => {
    await open(`/links/${kinds.release}`);
    await page.getByText(en.release.signature.signatureVerified).waitFor();
    await page.getByText(en.release.shown(109, 109), { exact: true }).waitFor();
    await page.getByTestId('component-search').fill('etcd');
    await page.getByText(/^\d of 109$/).waitFor();
    await page.getByTestId('component').getByRole('button', { name: /^etcd/ }).first().click();
    await page.getByText('quay.io/openshift-release-dev/ocp-v4.0-art-dev:4.5.9-etcd').waitFor();
    await page.getByTestId('layers').waitFor();
    await page.getByTestId('component-search').fill('no such component');
    await page.getByText(en.release.none).waitFor();
    await page.getByTestId('tab-installation').click();
    await page.getByLabel(en.release.mirror).fill('mirror.example.org:8443/ocp');
    await page
      .getByText(/- mirrors:\n {2}- mirror\.example\.org:8443\/ocp/)
      .first()
      .waitFor();
    await page.getByText(en.release.noSignature).waitFor();
  });

  test('the registry opens from a repository over an image tag to its layers', async () => {
    await open('/');
    await page.getByRole('link', { name: en.nav.registry }).first().click();
    await page.getByText('podman login bastion.example.org:5000').waitFor();
    await page
      .getByTestId('repository')
      .getByRole('button', { name: /tools\/curl/ })
      .click();
    await page.getByTestId('image-tag').getByRole('button', { name: /8\.11/ }).click();
    await page.getByText('podman pull bastion.example.org:5000/tools/curl:8.11').waitFor();
    await page.getByTestId('layers').getByText('RUN apt-get install -y curl').waitFor();
  });

  test('the library tells how far a copy is, in bytes', async () => {
    await open('/');
    await page.getByText('1.2 of 5.6 GB · 80 MB/s · 55s left').first().waitFor();
    await page.getByText(en.libraryFacts.components(109)).first().waitFor();
  });
});
