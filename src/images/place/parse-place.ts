import { imagesErrors } from '../errors.ts';
import { type ImageReference, isImageTag, parseReference } from '../reference.ts';

/** Somewhere that images are copied from or to. */
export type ImagePlace =
  /** `docker://host/repository[:tag][@digest]`; the tag only where it was written. */
  | { readonly kind: 'registry'; readonly text: string; readonly reference: ImageReference }
  /** `oci:FOLDER[:tag]`, an OCI image layout. */
  | { readonly kind: 'layout'; readonly text: string; readonly path: string; readonly tag?: string }
  /** `oci-archive:FILE[:tag]`, a tar of one. */
  | { readonly kind: 'archive'; readonly text: string; readonly path: string; readonly tag?: string }
  /** `oc:FOLDER`, what `oc adm release mirror --to-dir` writes and reads. */
  | { readonly kind: 'mirror'; readonly text: string; readonly path: string };

const kinds = { oci: 'layout', 'oci-archive': 'archive' } as const;

/** True for what `parsePlace` reads, by how it begins. */
export function isPlace(text: string): boolean {
  return /^(?:docker:\/\/|oci:|oci-archive:|oc:)/.test(text);
}

/**
 * Reads a place as skopeo writes it, and `oc:` for the folders of `oc`. Throws `images.badPlace` and, for a registry,
 * `images.badReference`.
 */
export function parsePlace(text: string): ImagePlace {
  const fail = (fault: string) => imagesErrors.badPlace({ value: text.slice(0, 300), fault });
  if (text.startsWith('docker://')) {
    const { tag, ...named } = parseReference(text);
    // Without one the tag is "latest"; a target keeps the tags of what is copied instead.
    const isWritten = tag !== undefined && text.endsWith(`:${tag}`);
    const isPinned = tag !== undefined && named.digest !== undefined;
    return { kind: 'registry', text, reference: { ...named, ...((isWritten || isPinned) && { tag }) } };
  }
  const [, scheme, rest = ''] = /^(oci|oci-archive|oc):(.*)$/s.exec(text) ?? [];
  if (scheme === undefined) throw fail('it begins with none of docker://, oci:, oci-archive: and oc:');
  if (rest === '' || rest.includes('\0')) throw fail(`the path after "${scheme}:" is missing`);
  if (scheme === 'oc') return { kind: 'mirror', text, path: rest };
  const colon = rest.lastIndexOf(':');
  const tag = colon > rest.lastIndexOf('/') ? rest.slice(colon + 1) : undefined;
  const path = tag === undefined ? rest : rest.slice(0, colon);
  if (path === '') throw fail(`the path after "${scheme}:" is missing`);
  if (tag !== undefined && !isImageTag(tag)) throw fail(`"${tag.slice(0, 150)}" is not an image tag`);
  return { kind: kinds[scheme as 'oci' | 'oci-archive'], text, path, ...(tag !== undefined && { tag }) };
}
