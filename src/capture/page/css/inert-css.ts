import { type CSSToken, TokenType } from '@csstools/css-tokenizer';
import { type Breather, createBreather } from './breather.ts';
import { occursIn } from './occurs-in.ts';
import { readTokens } from './tokens.ts';

/**
 * Writes CSS so that no parser finds the beginning of a tag or of a comment in it, and it means the same. A style
 * element is not everywhere what ends only at `</style`: within SVG, MathML or a select its text is read as markup.
 */
export async function inertCss(text: string, breather: Breather = createBreather()): Promise<string> {
  if (!(await occursIn(text, /<[a-z/!?]/i, breather))) return text;
  let out = '';
  let from = 0;
  const take = (token: CSSToken, start: number) => {
    if (!token[1].includes('<')) return;
    out += text.slice(from, start) + inert(token);
    from = start + token[1].length;
  };
  return (await readTokens(text, take, breather)) ? out + text.slice(from) : '';
}

function inert([type, raw]: CSSToken): string {
  if (type === TokenType.CDO) return '';
  if (type === TokenType.Delim) return '< ';
  if (type === TokenType.Comment) return raw.replaceAll('<', '< ');
  return raw.replace(/\\[\s\S]|</g, (found) => (found === '<' || found === '\\<' ? '\\3c ' : found));
}
