import { escapeReferences } from '../compose/references.ts';
import { type Breather, createBreather } from './breather.ts';
import { findEdits } from './find-edits.ts';
import { occursIn } from './occurs-in.ts';
import type { CssUrlKind } from './place.ts';

/** Gives what is to stand in the place of a URL; undefined where nothing is to be loaded. */
export type ResolveCssUrl = (
  url: string,
  kind: CssUrlKind,
) => string | undefined | Promise<string | undefined>;

/** Between two looks at the clock. */
const strideEdits = 16;

const mayChange = /url|@import|image-set|src\(|:(\/\*|defined|state|indeterminate|popover-open|modal)|\\/i;

/**
 * Rewrites every URL of a style sheet or of a list of declarations (CSS Syntax level 3 tokens: `url()`, `src()`,
 * strings of `@import` and of `image-set()`), and leaves all other text as it is. Relative URLs are resolved against
 * `base`; fragments of the own document and `data:` stay. Pseudo-classes for states become attribute selectors. Of a text
 * too large to be read, nothing stays. URLs are resolved one after the other, in the order of the text.
 */
export async function rewriteCss(
  text: string,
  base: string,
  resolve: ResolveCssUrl,
  breather: Breather = createBreather(),
): Promise<string> {
  const css = escapeReferences(text, 'css');
  if (!(await occursIn(css, mayChange, breather))) return css;
  const edits = await findEdits(css, base, breather);
  if (edits === undefined) return '';
  let out = '';
  let from = 0;
  let done = 0;
  for (const { start, end, put } of edits) {
    out += css.slice(from, start);
    from = end;
    if (typeof put === 'string') {
      out += put;
    } else {
      const found = resolve(put.url, put.kind);
      out += put.wrap(found instanceof Promise ? await found : found);
    }
    if (++done % strideEdits === 0 && breather.isDue()) await breather.breathe();
  }
  return out + css.slice(from);
}
