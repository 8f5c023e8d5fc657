import { assemble } from './assemble.ts';
import { measure } from './measure.ts';
import type { HtmlParts } from './parts.ts';

/** The most that one self-contained HTML file may take: beyond it browsers stop opening it. */
export const maxSingleHtmlBytes = 512 * 1024 * 1024;

/** One HTML file that carries everything it shows and makes no request when it is opened; its size is exact. */
export async function singleHtml(
  parts: HtmlParts,
  limitBytes = maxSingleHtmlBytes,
): Promise<{ sizeBytes: number; body: AsyncIterable<Uint8Array> }> {
  return { sizeBytes: await measure(parts, limitBytes), body: assemble(parts) };
}
