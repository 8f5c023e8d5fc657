import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { browserPath, viewport } from '../../../test/fidelity/harness/show.ts';
import { peerFile } from '../peers.ts';
import type { BenchEngine } from './engine.ts';

/** The defaults of single-file-cli that bear on the work. */
const options = {
  removeHiddenElements: true,
  removeUnusedStyles: true,
  removeUnusedFonts: true,
  removeAlternativeFonts: true,
  removeAlternativeMedias: true,
  removeAlternativeImages: true,
  removeNoScriptTags: true,
  groupDuplicateImages: true,
  maxSizeDuplicateImages: 512 * 1024,
  compressHTML: true,
  blockScripts: true,
  blockVideos: true,
  blockAudios: true,
  loadDeferredImages: true,
  loadDeferredImagesMaxIdleTime: 1500,
  maxResourceSizeEnabled: false,
  insertMetaCSP: true,
  insertSingleFileComment: true,
  resolveLinks: true,
};

interface Bundle {
  readonly script: string;
  readonly hookScript: string;
}

/** SingleFile's own scripts in pages of one browser that is kept. */
export async function singleFileEngine(): Promise<BenchEngine> {
  const file = peerFile('single-file-cli/lib/single-file-bundle.js');
  const { script, hookScript } = (await import(pathToFileURL(file).href)) as Bundle;
  const browser = await chromium.launch({ executablePath: browserPath() });
  return {
    async open(url) {
      const context = await browser.newContext({ viewport });
      try {
        await context.addInitScript(hookScript);
        await context.addInitScript(`${script};globalThis.singlefile=singlefile;singlefile.init({fetch})`);
        const page = await context.newPage();
        await page.goto(url, { waitUntil: 'load' });
        const length = await page.evaluate(async (given) => {
          const peer = (
            globalThis as unknown as { singlefile: { getPageData(o: object): Promise<{ content: string }> } }
          ).singlefile;
          const { content } = await peer.getPageData(given);
          return content;
        }, options);
        if (length.length < 100_000) throw new Error(`${url} gave ${length.length} characters only`);
        return length.length;
      } finally {
        await context.close();
      }
    },
    close: () => browser.close(),
  };
}
