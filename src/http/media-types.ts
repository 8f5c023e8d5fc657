const essenceOf = (mediaType: string) => mediaType.split(';', 1)[0]!.trim().toLowerCase();

const safe = /^(?:image|font|audio|video)\/[a-z0-9][a-z0-9.+-]{0,100}$/;

/** True for pictures of any kind, SVG too (which may only be sent with a policy that stops its scripts). */
export function isPicture(mediaType: string): boolean {
  const essence = essenceOf(mediaType);
  return essence.startsWith('image/') && safe.test(essence);
}

/**
 * The media type that the replay sends for a stored one: pictures, fonts, sound, video, style sheets and documents of
 * HTML are kept, everything else is bytes, whatever its site called it. Text that the snapshot wrote is UTF-8.
 */
export function replayMediaType(mediaType: string): string {
  const essence = essenceOf(mediaType);
  if (essence === 'text/html' || essence === 'text/css') return `${essence}; charset=utf-8`;
  return safe.test(essence) ? essence : 'application/octet-stream';
}
