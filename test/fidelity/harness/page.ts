/** The colour of success; slots are red until what is tested makes them green. */
export const green = '#00a000';
export const greenRgb = [0, 160, 0] as const;

export const slotWidth = 120;
export const slotHeight = 60;

/** The corner of a slot in the viewport, CSS pixels; ten slots to a row. */
export function slotAt(index: number): { x: number; y: number } {
  return { x: 10 + (index % 10) * 125, y: 10 + Math.floor(index / 10) * 70 };
}

/** A box whose colour tells whether something worked; `inner` fills it. */
export function slot(index: number, inner = '', attributes = ''): string {
  const { x, y } = slotAt(index);
  return `<div class="slot s${index}" style="left:${x}px;top:${y}px" ${attributes}>${inner}</div>`;
}

/** The styles that slots need, for pages that are not made by `page`. */
export const slotCss = `
.slot{position:absolute;width:${slotWidth}px;height:${slotHeight}px;overflow:hidden;background-color:#c00000}
.slot>img,.slot>canvas,.slot>iframe,.slot>svg,.slot>video,.slot>object,.slot>embed,.slot>.fill{width:100%;height:100%;display:block;border:0}`;

/** An HTML page with room for two rows of slots above its text. */
export function page(parts: {
  title?: string;
  head?: string;
  body: string;
  charset?: string;
  lang?: string;
}): string {
  const { title = 'A page', head = '', body, charset = 'utf-8', lang = 'en' } = parts;
  const meta = charset ? `<meta charset="${charset}">` : '';
  return `<!doctype html><html lang="${lang}"><head>${meta}<title>${title}</title>
<style>body{margin:0;padding:160px 20px 20px;font:16px/1.5 sans-serif;background:#fff;color:#111}${slotCss}</style>${head}</head>
<body>${body}</body></html>`;
}

/** A page that is wholly green, for frames. */
export const greenPage = `<!doctype html><meta charset="utf-8"><style>html,body{margin:0;height:100%;background:${green}}</style><body></body>`;
