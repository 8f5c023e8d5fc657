import { TokenType } from '@csstools/css-tokenizer';
import { tokensOf } from './tokens.ts';

/**
 * Writes CSS so that no parser finds the beginning of a tag or of a comment in it, and it means the same. A style
 * element is not everywhere what ends only at `</style`: within SVG, MathML or a select its text is read as markup.
 */
export function inertCss(text: string): string {
  if (!/<[a-z/!?]/i.test(text)) return text;
  let out = '';
  for (const [type, raw] of tokensOf(text) ?? []) {
    if (type === TokenType.CDO) continue;
    if (type === TokenType.Delim && raw === '<') out += '< ';
    else if (type === TokenType.Comment) out += raw.replaceAll('<', '< ');
    else out += raw.replace(/\\[\s\S]|</g, (found) => (found === '<' || found === '\\<' ? '\\3c ' : found));
  }
  return out;
}
