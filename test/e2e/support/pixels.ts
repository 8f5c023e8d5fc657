import type { Locator, Page } from 'playwright-core';
import { colourAt } from '../../fidelity/harness/compare.ts';
import { decodePng } from '../../fidelity/harness/png.ts';
import type { Rgb } from './landscape.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The place in a landscape that shows nothing but its sky. */
export const skyIn = ({ x, y, width, height }: Box) => ({
  x: Math.round(x + width * 0.2),
  y: Math.round(y + height * 0.3),
});
/** The middle of a box. */
export const middleOf = ({ x, y, width, height }: Box) => ({
  x: Math.round(x + width / 2),
  y: Math.round(y + height / 2),
});

type Place = (box: Box) => { x: number; y: number };

/** The colours that the page shows now in these elements (of any frame), each at its place. */
export async function coloursIn(page: Page, elements: Locator, place: Place): Promise<(Rgb | undefined)[]> {
  const boxes = await Promise.all(
    (await elements.all()).map(async (element) => (await element.boundingBox()) ?? undefined),
  );
  const shown = decodePng(await page.screenshot({ scale: 'css' }));
  return boxes.map((box) => {
    const at = box && place(box);
    return at && colourAt(shown, at.x, at.y);
  });
}

/** The colours of a picture that a page shows (by its own pixels), at places. */
export function coloursOfPicture(
  picture: Locator,
  places: readonly { x: number; y: number }[],
): Promise<Rgb[]> {
  return picture.evaluate(async (element, wanted) => {
    const image = element as HTMLImageElement;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    return wanted.map(({ x, y }) => {
      const [red, green, blue] = context.getImageData(x, y, 1, 1).data;
      return [red, green, blue] as unknown as Rgb;
    });
  }, places);
}

/** Names a colour by the nearest of those that are expected, so that lossy pictures compare; else by its channels. */
export const nearest = (found: Rgb | undefined, wanted: Rgb): string =>
  found?.every((channel, i) => Math.abs(channel - wanted[i]!) <= 24)
    ? String(wanted)
    : `not ${wanted}: ${found}`;
