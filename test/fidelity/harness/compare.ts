import type { Bitmap } from './png.ts';

/** The share of pixels that differ by more than 32 in a channel; pixels that only one picture has count as different. */
export function differingShare(a: Bitmap, b: Bitmap): number {
  const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)];
  const [common, rows] = [Math.min(a.width, b.width), Math.min(a.height, b.height)];
  let same = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < common; x++) {
      const [i, j] = [(y * a.width + x) * 4, (y * b.width + x) * 4];
      const far =
        Math.abs(a.rgba[i]! - b.rgba[j]!) > 32 ||
        Math.abs(a.rgba[i + 1]! - b.rgba[j + 1]!) > 32 ||
        Math.abs(a.rgba[i + 2]! - b.rgba[j + 2]!) > 32;
      if (!far) same++;
    }
  }
  return 1 - same / (width * height);
}

/** The colour at a place, undefined outside of the picture. */
export function colourAt(
  picture: Bitmap,
  x: number,
  y: number,
): readonly [number, number, number] | undefined {
  if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) return undefined;
  const i = (y * picture.width + x) * 4;
  return [picture.rgba[i]!, picture.rgba[i + 1]!, picture.rgba[i + 2]!];
}

/** True where no channel is further than 32 from the wanted colour. */
export function isColour(
  found: readonly number[] | undefined,
  wanted: readonly [number, number, number],
): boolean {
  return found?.every((channel, i) => Math.abs(channel - wanted[i]!) <= 32) === true;
}

/** Visible text without any white space, since serializing joins and splits text nodes. */
export function squeeze(text: string): string {
  return text.replace(/[\s\u200b\ufeff]+/gu, '');
}

/** The first place where two texts part, with some of each, for a message. */
export function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const from = Math.max(0, at - 15);
  return `at ${at}: live "${a.slice(from, at + 40)}", replay "${b.slice(from, at + 40)}"`;
}
