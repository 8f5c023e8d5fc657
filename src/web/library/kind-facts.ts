import type { Snapshot } from '../api/types.ts';
import type { Texts } from '../i18n/texts.tsx';

type Detail = Snapshot['evidence'][number]['details'];

/** What evidence of a kind says; empty where there is none. */
export const detailsOf = (snapshot: Pick<Snapshot, 'evidence'>, code: string): Detail =>
  snapshot.evidence.find((each) => each.code === code)?.details ?? {};

/** The media type of the file that a snapshot is. */
export const mediaTypeOf = (snapshot: Pick<Snapshot, 'evidence'>): string =>
  String(detailsOf(snapshot, 'download').mediaType ?? '');

/** What tells a file, an image or a release in a list, shortest first; a page tells itself by its picture. */
export function kindFacts(snapshot: Snapshot, t: Texts): readonly string[] {
  if (snapshot.kind === 'file') return [shortType(mediaTypeOf(snapshot), snapshot.finalUrl)].filter(Boolean);
  if (snapshot.kind === 'image') {
    const platforms = String(detailsOf(snapshot, 'imageCopied').platforms ?? '-').split(', ');
    if (platforms[0] === '-') return [];
    return [platforms.length === 1 ? platforms[0]! : t.libraryFacts.platforms(platforms.length)];
  }
  if (snapshot.kind === 'release') {
    const { version, components } = detailsOf(snapshot, 'releaseMirrored');
    return [
      ...(version === undefined ? [] : [String(version)]),
      ...(typeof components === 'number' ? [t.libraryFacts.components(components)] : []),
    ];
  }
  return [];
}

/** What people call the type of a file: the ending of its name, else the media type's second half. */
export function shortType(mediaType: string, url: string): string {
  const path = url.replace(/[?#].*$/, '');
  const ending = /\.((?:tar\.)?[a-z0-9]{1,6})$/i.exec(path)?.[1];
  if (ending && /[a-z]/i.test(ending)) return ending.toUpperCase();
  return mediaType
    .slice(mediaType.indexOf('/') + 1)
    .replace(/^x-/, '')
    .toUpperCase();
}
