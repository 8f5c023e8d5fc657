import { emitAttributes } from './attributes.ts';
import { absoluteUrl, emit, emitAttribute, emitRefAttribute } from './emit.ts';
import type { Work } from './types.ts';

/** Writes an `<img>` with the one candidate that the browser chose, at the density that it was shown with. */
export function emitImage(work: Work, image: HTMLImageElement): void {
  emit(work, '<img');
  emitAttributes(work, image, ['src']);
  const written = image.getAttribute('src');
  const url = image.currentSrc || (written ? absoluteUrl(image, written) : '');
  if (url.startsWith('blob:') && !work.options.blobs.includes(url)) {
    const copy = pictureOf(image, image.naturalWidth, image.naturalHeight);
    if (copy) emitAttribute(work, 'src', copy);
  } else if (url) {
    const density = candidateDensity(image, url);
    if (density) {
      emitRefAttribute(work, 'srcset', ['img', url], ` ${density.descriptor}`);
      if (density.sizes) emitAttribute(work, 'sizes', density.sizes);
    }
    emitRefAttribute(work, 'src', ['img', url]);
  }
  emit(work, '>');
}

/** The descriptor of the chosen `srcset` candidate; undefined where the picture was not chosen by one. */
export function candidateDensity(
  image: HTMLImageElement,
  url: string,
): { descriptor: string; sizes: string | null } | undefined {
  const sets: { srcset: string; sizes: string | null }[] = [];
  for (const element of [
    image,
    ...Array.from(image.parentElement?.localName === 'picture' ? image.parentElement.children : []),
  ]) {
    const srcset = element.getAttribute('srcset');
    if (srcset) sets.push({ srcset, sizes: element.getAttribute('sizes') });
  }
  for (const { srcset, sizes } of sets) {
    for (const [, candidate, descriptor] of srcset.matchAll(
      /([^\s,][^\s]*[^\s,])\s*([\d.]+[wx])?\s*(?:,|$)/g,
    )) {
      if (!descriptor || absoluteUrl(image, candidate!) !== url) continue;
      if (descriptor.endsWith('w')) return { descriptor, sizes: sizes ?? '100vw' };
      if (descriptor !== '1x') return { descriptor, sizes: null };
    }
  }
  return undefined;
}

/** What is drawn on a picture, a video or a canvas as a PNG data URL; undefined where it may not be read. */
export function pictureOf(
  source: HTMLImageElement | HTMLVideoElement | HTMLCanvasElement,
  width: number,
  height: number,
): string | undefined {
  if (width === 0 || height === 0 || width * height > 40_000_000) return undefined;
  try {
    if (source instanceof HTMLCanvasElement) return source.toDataURL();
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')!.drawImage(source, 0, 0, width, height);
    return canvas.toDataURL();
  } catch {
    return undefined;
  }
}

/** Writes a `<canvas>` with what was drawn on it as its background. */
export function emitCanvas(work: Work, canvas: HTMLCanvasElement): void {
  const fit =
    'background-size:100% 100%;background-origin:content-box;background-repeat:no-repeat;background-position:0 0';
  const picture = pictureOf(canvas, canvas.width, canvas.height);
  emit(work, '<canvas');
  if (picture) {
    emitAttributes(work, canvas, [], `background-image:url("${picture}");${fit}`);
  } else {
    const box = canvas.getBoundingClientRect();
    if (box.width > 0 && box.height > 0 && window === window.top) {
      work.cuts.push({ x: box.x + scrollX, y: box.y + scrollY, width: box.width, height: box.height });
      emitAttributes(work, canvas, [], `background-image:url("holdfast-cut:${work.cuts.length - 1}");${fit}`);
    } else {
      emitAttributes(work, canvas, []);
    }
  }
  emit(work, '>');
  work.stack.push('</canvas>');
}

/** Writes a `<video>` or `<audio>` with the file that played and, for a video without poster, the frame that showed. */
export function emitMedia(work: Work, media: HTMLMediaElement): void {
  emit(work, `<${media.localName}`);
  const video = media instanceof HTMLVideoElement ? media : undefined;
  emitAttributes(work, media, ['src', 'poster', 'autoplay', 'preload']);
  if (video?.poster) emitRefAttribute(work, 'poster', ['img', video.poster]);
  else if (video) {
    const frame = pictureOf(video, video.videoWidth, video.videoHeight);
    if (frame) emitAttribute(work, 'poster', frame);
  }
  if (media.currentSrc && !media.currentSrc.startsWith('blob:'))
    emitRefAttribute(work, 'src', ['media', media.currentSrc]);
  emit(work, ` preload="metadata"></${media.localName}>`);
}
