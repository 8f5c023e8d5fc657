import { encodePng } from '../../fidelity/harness/png.ts';

export type Rgb = readonly [number, number, number];

/** A picture of hills below a sky with a sun: its left half is the sky's colour alone, down to three fifths of its height. */
export function landscape(sky: Rgb, width = 480, height = 240): Buffer {
  const [sunX, sunY, sunRadius] = [width * 0.76, height * 0.3, height * 0.14];
  const darker = (factor: number): Rgb =>
    sky.map((channel) => Math.round(channel * factor)) as unknown as Rgb;
  const [far, near] = [darker(0.62), darker(0.36)];
  const sun: Rgb = [255, 236, 196];
  return encodePng(width, height, (x, y) => {
    if (y > height * (0.86 + 0.08 * Math.sin((x / width) * 5 + 1))) return near;
    if (y > height * (0.72 + 0.1 * Math.sin((x / width) * 9 + sky[0]))) return far;
    return Math.hypot(x - sunX, y - sunY) < sunRadius ? sun : sky;
  });
}
