import { type Digest, digestOf } from '../../../kernel/index.ts';
import { createBreather } from '../css/breather.ts';
import { inertCss } from '../css/inert-css.ts';
import type { CssUrlKind } from '../css/place.ts';
import { rewriteCss } from '../css/rewrite-css.ts';
import { escapeAttribute } from '../serialize/dom/emit.ts';
import type { Ref } from '../serialize/dom/types.ts';
import type { SerializedFrame } from '../serialize/frames.ts';
import { escapeReferences, referenceTo } from './references.ts';
import { type Resources, withoutFragment } from './resources.ts';

/** A blob that composing made: a frame's document or a rewritten style sheet. */
export interface MadeBlob {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  readonly mediaType: 'text/html' | 'text/css';
}

export interface Composed {
  /** The main document with references to blobs. */
  readonly html: string;
  /** The same with the original URLs and without styles, for those who read its text. */
  readonly plain: string;
  readonly made: ReadonlyMap<Digest, MadeBlob>;
  /** By a picture's URL: how the document refers to it. */
  readonly references: Readonly<Record<string, string>>;
  /** Pictures that the document or its styles name and the browser never asked for. */
  readonly wanted: ReadonlySet<string>;
}

export interface ComposeInput {
  readonly frame: SerializedFrame;
  readonly resources: Resources;
  /** Decoded text of a style sheet that was loaded, by URL. */
  sheetText(url: string, documentCharset: string): string | undefined;
  /** Blobs behind `blob:` URLs. */
  readonly blobs: ReadonlyMap<string, Digest>;
  /** Pictures of canvases, by index, as PNG blobs. */
  readonly cuts: readonly (Digest | undefined)[];
}

/** `@import` beyond this depth is left out. */
const maxImportDepth = 16;

/**
 * Puts what the recorder has into the places of a serialized page; it only computes, and writes nothing. Others have
 * their turn meanwhile, since the page says how much there is to compute.
 */
export async function composeDocument(input: ComposeInput): Promise<Composed> {
  const made = new Map<Digest, MadeBlob>();
  const wanted = new Set<string>();
  const references: Record<string, string> = {};
  const sheets = new Map<string, string | undefined>();
  const { resources } = input;
  const breather = createBreather();
  const breathe = () => (breather.isDue() ? breather.breathe() : undefined);

  const keep = async (text: string, mediaType: MadeBlob['mediaType']): Promise<string> => {
    await breathe();
    const bytes = Buffer.from(text);
    await breathe();
    const digest = digestOf(bytes);
    made.set(digest, { digest, bytes, mediaType });
    return referenceTo(digest);
  };
  const picture = (url: string): string | undefined => {
    const cut = /^holdfast-cut:(\d+)$/.exec(url)?.[1];
    if (cut !== undefined) {
      const digest = input.cuts[Number(cut)];
      return digest && referenceTo(digest);
    }
    if (/^data:/i.test(url)) return escapeReferences(url, 'url');
    const blob = input.blobs.get(withoutFragment(url));
    if (blob) return referenceTo(blob);
    const found = resources.find(url);
    if (found) {
      references[url] = referenceTo(found.digest);
      return references[url] + escapeReferences(url.slice(withoutFragment(url).length), 'url');
    }
    if (/^https?:/i.test(url) && !resources.wasRequested(url)) wanted.add(withoutFragment(url));
    return undefined;
  };
  const css = (text: string, base: string, charset: string, trail: readonly string[]): Promise<string> => {
    const resolve = (url: string, kind: CssUrlKind) => {
      if (kind === 'import') return sheet(url, charset, trail);
      if (kind === 'image') return picture(url);
      const font = input.blobs.get(url) ?? resources.find(url)?.digest;
      return font && referenceTo(font);
    };
    return rewriteCss(text, base, resolve, breather);
  };
  const sheet = async (
    url: string,
    charset: string,
    trail: readonly string[],
  ): Promise<string | undefined> => {
    const key = `${charset} ${withoutFragment(url)}`;
    if (sheets.has(key)) return sheets.get(key);
    if (trail.includes(key) || trail.length >= maxImportDepth) return undefined;
    const found = resources.find(url);
    const text = /^data:/i.test(url) ? undefined : input.sheetText(url, charset);
    await breathe();
    const kept =
      found && text !== undefined
        ? await keep(await css(text, found.exchange.url, charset, [...trail, key]), 'text/css')
        : undefined;
    sheets.set(key, kept);
    return kept;
  };

  const document = async (frame: SerializedFrame): Promise<{ html: string; plain: string }> => {
    let html = '';
    let plain = '';
    for (const part of frame.parts) {
      await breathe();
      if (typeof part === 'string') {
        html += escapeReferences(part, 'html');
        plain += part;
        continue;
      }
      html += await stored(part, frame);
      plain += original(part);
    }
    return { html, plain };
  };
  const stored = async (ref: Ref, frame: SerializedFrame): Promise<string> => {
    switch (ref[0]) {
      case 'img':
        return escapeAttribute(picture(ref[1]) ?? 'data:,');
      case 'media': {
        const found = resources.find(ref[1]);
        return found && isWhole(found.exchange.status, found.exchange.responseHeaders)
          ? referenceTo(found.digest)
          : 'data:,';
      }
      case 'sheet':
        if (/^data:text\/css/i.test(ref[1]))
          return keep(await css(textOfDataUrl(ref[1]), frame.url, frame.charset, []), 'text/css');
        return (await sheet(ref[1], frame.charset, [])) ?? 'data:text/css,';
      case 'css':
        return inertCss(await css(ref[1], ref[2], frame.charset, []), breather);
      case 'decl':
        return escapeAttribute(await css(ref[1], ref[2], frame.charset, []));
      case 'frame': {
        const child = frame.frames.get(ref[1]);
        return child ? keep((await document(child)).html, 'text/html') : 'data:text/html,';
      }
    }
  };
  return { ...(await document(input.frame)), made, references, wanted };
}

/** What stands in the plain document: pictures by their own URL, nothing of styles and frames. */
function original(ref: Ref): string {
  return ref[0] === 'img' || ref[0] === 'media' ? escapeAttribute(ref[1]) : '';
}

function isWhole(status: number, headers: readonly (readonly [string, string])[]): boolean {
  if (status !== 206) return true;
  const range = headers.find(([name]) => name.toLowerCase() === 'content-range')?.[1] ?? '';
  const [, start, end, total] = /bytes (\d+)-(\d+)\/(\d+)/.exec(range) ?? [];
  return start === '0' && Number(end) + 1 === Number(total);
}

function textOfDataUrl(url: string): string {
  const comma = url.indexOf(',');
  const body = url.slice(comma + 1);
  try {
    return /;base64$/i.test(url.slice(0, comma))
      ? Buffer.from(body, 'base64').toString('utf8')
      : decodeURIComponent(body);
  } catch {
    return '';
  }
}
