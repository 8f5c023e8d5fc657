/**
 * Runs in the page's own world before any of its scripts, as text. It keeps what cannot be seen afterwards: closed
 * shadow roots, WebGL buffers, and which linked style sheets scripts wrote into. `secret` names the one property
 * through which the capture asks for the latter.
 */
export function installHooks(secret: string): void {
  const closed = new WeakSet<ShadowRoot>();
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
  Object.defineProperty(Element.prototype, 'shadowRoot', {
    configurable: true,
    enumerable: true,
    get(this: Element) {
      const root = shadowRootOf.call(this) as ShadowRoot | null;
      return root && closed.has(root) ? null : root;
    },
  });
  Object.defineProperty(ShadowRoot.prototype, 'mode', {
    configurable: true,
    enumerable: true,
    get(this: ShadowRoot) {
      return closed.has(this) ? 'closed' : modeOf.call(this);
    },
  });

  const getContext = HTMLCanvasElement.prototype.getContext as (
    this: HTMLCanvasElement,
    kind: string,
    options?: object,
  ) => RenderingContext | null;
  HTMLCanvasElement.prototype.getContext = function context(
    this: HTMLCanvasElement,
    kind: string,
    options?: object,
  ) {
    // Otherwise a WebGL canvas reads back empty after its frame was shown.
    const kept = /^(experimental-)?webgl2?$/.test(kind)
      ? { ...options, preserveDrawingBuffer: true }
      : options;
    return getContext.call(this, kind, kept);
  } as typeof HTMLCanvasElement.prototype.getContext;

  const touched = new Set<CSSStyleSheet>();
  for (const name of ['insertRule', 'deleteRule', 'addRule', 'removeRule'] as const) {
    const native = CSSStyleSheet.prototype[name] as (...args: unknown[]) => unknown;
    CSSStyleSheet.prototype[name] = function write(this: CSSStyleSheet, ...args: unknown[]) {
      touched.add(this);
      return native.apply(this, args);
    } as never;
  }
  Object.defineProperty(window, secret, {
    value: () => {
      for (const sheet of touched)
        (sheet.ownerNode as Element | null)?.setAttribute?.('data-holdfast-written', '');
    },
  });
  window.close = () => {};
  window.print = () => {};
}
