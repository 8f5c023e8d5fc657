/**
 * What the in-page serializer hands over where the document needs something that only the recorder has:
 * - `img`, `media`: a picture or a media file by its absolute URL
 * - `sheet`: a linked style sheet · `css`: the text of a style element · `decl`: the value of a style attribute
 * - `frame`: a child document, by the key that its element was marked with
 * A canvas that may not be read stands in a `decl` as `url("holdfast-cut:<index>")`, to be cut from a screenshot.
 * `css` and `decl` carry the base URL of their relative references.
 */
export type Ref =
  | readonly ['img', url: string]
  | readonly ['media', url: string]
  | readonly ['sheet', url: string]
  | readonly ['css', text: string, base: string]
  | readonly ['decl', text: string, base: string]
  | readonly ['frame', key: string];

/** A document as literal HTML and references in turn. */
export type Parts = (string | Ref)[];

/** A canvas to be cut from a screenshot, in CSS pixels of the page. */
export interface Cut {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the capture leaves in its isolated world for the serializer. */
export interface InPageGlobals {
  /** The key of the frame that an element shows. */
  holdfastFrames?: WeakMap<Element, string>;
  /** Shadow roots that only the browser can tell: closed ones of the document's markup. */
  holdfastRoots?: WeakMap<Element, ShadowRoot>;
}

export interface SerializeOptions {
  /** The `blob:` URLs whose bytes were kept. */
  readonly blobs: readonly string[];
  /** Texts of external SVG files that `<use>` refers to, by URL. */
  readonly sprites: Readonly<Record<string, string>>;
  readonly maxNodes: number;
  readonly maxLength: number;
}

export interface SerializedDocument {
  readonly parts: Parts;
  readonly url: string;
  readonly title: string;
  readonly language: string;
  readonly charset: string;
  /** Visible text, line by line. */
  readonly text: string;
  readonly icons: readonly string[];
  /** Pictures that the page names for previews, absolute. */
  readonly previews: readonly string[];
  /** The texts of its JSON-LD blocks. */
  readonly jsonLd: readonly string[];
  readonly cuts: readonly Cut[];
  readonly nodes: number;
  /** True where a cap cut the document. */
  readonly truncated: boolean;
}

/** The state of one serialization, handed to every function of this folder. */
export interface Work {
  readonly options: SerializeOptions;
  readonly parts: Parts;
  /** Literal HTML not yet in `parts`. */
  pending: string;
  readonly stack: (Node | string | Ref)[];
  readonly icons: string[];
  readonly previews: string[];
  readonly jsonLd: string[];
  readonly cuts: Cut[];
  /** Ids of SVG elements that were put in beside a `<use>`, for each tree scope. */
  readonly sprites: WeakMap<Node, Set<string>>;
  nodes: number;
  length: number;
  truncated: boolean;
}
