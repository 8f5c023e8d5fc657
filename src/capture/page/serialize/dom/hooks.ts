/** What the hooks kept that the DOM does not tell. */
export interface Harvest {
  /** `@font-face` rules for the fonts that scripts added, with relative URLs as the scripts gave them. */
  readonly fonts: string;
  /** Pictures and fonts behind `blob:` URLs, revoked ones too. */
  readonly blobs: readonly (readonly [url: string, mediaType: string, base64: string])[];
}

/**
 * Runs in every frame's own world before any of its scripts, as text. It keeps what cannot be seen afterwards: closed
 * shadow roots, WebGL buffers, which linked style sheets scripts wrote into, fonts and blobs that scripts made, states
 * of custom elements. `secret` names the one property through which the capture asks for it.
 */
export function installHooks(secret: string): void {
  const closed = new WeakSet<ShadowRoot>();
  const touched = new Set<CSSStyleSheet>();
  const fontSources = new WeakMap<FontFace, string | BufferSource>();
  const blobs = new Map<string, Blob>();
  const internals: [Element, ElementInternals][] = [];
  const maxKept = 500;
  const maxHarvest = 24 * 1024 * 1024;

  const shadowRootOf = Object.getOwnPropertyDescriptor(Element.prototype, 'shadowRoot')!.get!;
  const modeOf = Object.getOwnPropertyDescriptor(ShadowRoot.prototype, 'mode')!.get!;
  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attach(init) {
    if (init?.mode !== 'closed') return attachShadow.call(this, init);
    // Attached as open so that the isolated world can read it; the page still sees it as closed.
    const root = attachShadow.call(this, { ...init, mode: 'open' });
    closed.add(root);
    return root;
  };
  const define = (target: object, name: string, get: (this: never) => unknown) =>
    Object.defineProperty(target, name, { configurable: true, enumerable: true, get: get as () => unknown });
  define(Element.prototype, 'shadowRoot', function shadowRoot(this: Element) {
    const root = shadowRootOf.call(this) as ShadowRoot | null;
    return root && closed.has(root) ? null : root;
  });
  define(ShadowRoot.prototype, 'mode', function mode(this: ShadowRoot) {
    return closed.has(this) ? 'closed' : modeOf.call(this);
  });

  /** Puts a wrapper in a method's place that calls it and then looks at what came of it. */
  const watch = (
    target: object,
    name: string,
    see: (self: never, args: never[], result: never) => void,
    change?: (args: unknown[]) => unknown[],
  ) => {
    const native = (target as Record<string, (...args: unknown[]) => unknown>)[name]!;
    (target as Record<string, unknown>)[name] = function watched(this: unknown, ...args: unknown[]) {
      const result = native.apply(this, change ? change(args) : args);
      see(this as never, args as never[], result as never);
      return result;
    };
  };
  // Otherwise a WebGL canvas reads back empty after its frame was shown.
  watch(
    HTMLCanvasElement.prototype,
    'getContext',
    () => {},
    ([kind, options]) =>
      /^(experimental-)?webgl2?$/.test(String(kind))
        ? [kind, { ...(options as object), preserveDrawingBuffer: true }]
        : [kind, options],
  );
  for (const name of ['insertRule', 'deleteRule', 'addRule', 'removeRule']) {
    watch(CSSStyleSheet.prototype, name, (sheet: CSSStyleSheet) => touched.add(sheet));
  }
  watch(HTMLElement.prototype, 'attachInternals', (element: Element, _args, result: ElementInternals) => {
    if (internals.length < maxKept * 10) internals.push([element, result]);
  });
  watch(URL, 'createObjectURL', (_self, [blob]: Blob[], url: string) => {
    if (
      blob instanceof Blob &&
      blobs.size < maxKept &&
      /^($|image\/|font\/|application\/(x-)?font)/.test(blob.type)
    )
      blobs.set(url, blob);
  });
  window.FontFace = new Proxy(window.FontFace, {
    construct(target, args: ConstructorParameters<typeof FontFace>, newTarget) {
      const face = Reflect.construct(target, args, newTarget) as FontFace;
      fontSources.set(face, args[1]);
      return face;
    },
  });
  window.close = () => {};
  window.print = () => {};

  const base64Of = (bytes: Uint8Array) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768)
      text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(text);
  };
  const bytesOf = (source: BufferSource) =>
    source instanceof ArrayBuffer
      ? new Uint8Array(source)
      : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);

  const harvest = async (): Promise<Harvest> => {
    for (const sheet of touched)
      (sheet.ownerNode as Element | null)?.setAttribute?.('data-holdfast-written', '');
    for (const [element, { states }] of internals) {
      if (states.size > 0) element.setAttribute('data-holdfast-state', [...states].join(' '));
    }
    let left = maxHarvest;
    let fonts = '';
    for (const face of document.fonts) {
      const source = fontSources.get(face);
      if (source === undefined) continue;
      const bytes = typeof source === 'string' ? undefined : bytesOf(source);
      left -= bytes?.length ?? 0;
      if (left < 0) break;
      const src = bytes ? `url("data:font/ttf;base64,${base64Of(bytes)}")` : source;
      fonts += `@font-face{font-family:${JSON.stringify(face.family.replace(/^["']|["']$/g, ''))};src:${src};font-weight:${face.weight};font-style:${face.style};font-stretch:${face.stretch};unicode-range:${face.unicodeRange}}\n`;
    }
    const kept: [string, string, string][] = [];
    for (const [url, blob] of blobs) {
      if (blob.size > left) continue;
      left -= blob.size;
      kept.push([url, blob.type, base64Of(new Uint8Array(await blob.arrayBuffer()))]);
    }
    for (let at = 0; at < window.length; at++) {
      try {
        const inner = await (window[at] as unknown as Record<string, () => Promise<Harvest>>)[secret]!();
        kept.push(...inner.blobs.map(([url, type, data]) => [url, type, data] as [string, string, string]));
      } catch {
        // A frame of another origin keeps its own.
      }
    }
    return { fonts, blobs: kept };
  };
  Object.defineProperty(window, secret, { value: harvest });
}
