import { viewport } from '../browser/flags.ts';
import type { CdpSession } from '../cdp/connection.ts';
import type { Cut } from '../serialize/dom/types.ts';

/** A page is pictured down to this height, CSS pixels: beyond it, raster memory grows without use to a reader. */
export const maxScreenshotHeight = 8_000;
/** The width of a thumbnail, pixels. */
const thumbnailWidth = 480;

/** Pictures the whole page as JPEG, down to `maxScreenshotHeight`. */
export async function takeScreenshot(page: CdpSession): Promise<Uint8Array> {
  const { cssContentSize } = await page.send<{ cssContentSize: { width: number; height: number } }>(
    'Page.getLayoutMetrics',
  );
  const height = Math.min(Math.max(1, Math.ceil(cssContentSize.height)), maxScreenshotHeight);
  return capture(page, {
    format: 'jpeg',
    quality: 80,
    captureBeyondViewport: height > viewport.height,
    clip: { x: 0, y: 0, width: viewport.width, height, scale: 1 },
  });
}

/** Pictures what is first seen of the page, small, as JPEG. */
export async function takeThumbnail(page: CdpSession): Promise<Uint8Array> {
  const scale = thumbnailWidth / viewport.width;
  return capture(page, { format: 'jpeg', quality: 78, clip: { x: 0, y: 0, ...viewport, scale } });
}

/** Pictures what is first seen of the page as a very small PNG, to tell whether it has more than one colour. */
export async function takeSample(page: CdpSession): Promise<Uint8Array> {
  return capture(page, { format: 'png', clip: { x: 0, y: 0, ...viewport, scale: 0.25 } });
}

/** Cuts one canvas out of the page as PNG. */
export async function takeCut(page: CdpSession, cut: Cut): Promise<Uint8Array> {
  return capture(page, { format: 'png', captureBeyondViewport: true, clip: { ...cut, scale: 1 } });
}

async function capture(page: CdpSession, params: Record<string, unknown>): Promise<Uint8Array> {
  const { data } = await page.send<{ data: string }>('Page.captureScreenshot', params);
  return Buffer.from(data, 'base64');
}
