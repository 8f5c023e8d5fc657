import { formatReference, parseReference } from '../../images/index.ts';
import type { Digest } from '../../kernel/index.ts';

/** An image that is named by its repository (`host/path`) and its digest. */
export interface PinnedImage {
  readonly repository: string;
  readonly digest: Digest;
}

/** True for `host/path@sha256:…`, with the host written out and nothing before it. */
export function isPinned(text: string): boolean {
  try {
    const { host, repository, tag, digest } = parseReference(text);
    return (
      digest !== undefined && tag === undefined && text === formatReference({ host, repository, digest })
    );
  } catch {
    return false;
  }
}

/** Reads what `isPinned` holds to be one. */
export function parsePinned(text: string): PinnedImage {
  const { host, repository, digest } = parseReference(text);
  return { repository: `${host}/${repository}`, digest: digest! };
}
