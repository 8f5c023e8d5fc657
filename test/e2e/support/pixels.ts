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

/** Elements of any frame, and the place in each that is looked at. */
export interface Looked {
  readonly elements: Locator;
  readonly place: (box: Box) => { x: number; y: number };
}

/** The colours that a page shows now, all at one moment: a list for each of what is looked at. */
export async function coloursIn(page: Page, looked: readonly Looked[]): Promise<(Rgb | undefined)[][]> {
  const places = await Promise.all(
    looked.map(async ({ elements, place }) => {
      const boxes = (await elements.all()).map((element) => element.boundingBox());
      return (await Promise.all(boxes)).map((box) => box && place(box));
    }),
  );
  const shown = decodePng(await page.screenshot({ scale: 'css' }));
  return places.map((list) => list.map((at) => (at ? colourAt(shown, at.x, at.y) : undefined)));
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

/** The wanted colour as text where the found one is near enough for a lossy picture; else both. */
export const nearest = (found: Rgb | undefined, wanted: Rgb): string =>
  found?.every((channel, i) => Math.abs(channel - wanted[i]!) <= 24)
    ? String(wanted)
    : `not ${wanted}: ${found}`;
