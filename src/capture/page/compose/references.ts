import type { Digest } from '../../../kernel/index.ts';

/** Matches what would read as a reference to a blob of the snapshot. */
const pattern = /sha256-(?=[0-9a-f]{64})/g;

/** The relative URL by which documents of a snapshot refer to one of its blobs. */
export function referenceTo(digest: Digest): string {
  return digest.replace(':', '-');
}

const escaped = { html: 'sha256&#45;', css: 'sha256\\2d ', url: 'sha256%2D' } as const;

/**
 * Escapes literal text that would read as a reference, so that a plain scan for `sha256-<64 hex>` finds references
 * only: `sha256&#45;` in HTML, `sha256\2d ` in CSS, `sha256%2D` in a URL. All mean the same text to a browser.
 */
export function escapeReferences(text: string, language: keyof typeof escaped): string {
  return text.replace(pattern, escaped[language]);
}
