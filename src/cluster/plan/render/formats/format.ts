import { planErrors } from '../../errors.ts';

/** Text that stands in a format as it is: what a template of it gave. */
export interface Fragment<F extends string = string> {
  readonly format: F;
  readonly text: string;
}

type Part<F extends string> = string | number | Fragment<F> | readonly Fragment<F>[];

/**
 * Writes one format. Used as the tag of a template, every value in it goes through the format's own writing of words, which
 * escapes or refuses it (`plan.unrenderable`); fragments go in as they are, a list of them line by line. Indentation that all
 * lines share is taken away, and a fragment of several lines takes on that of its place.
 */
export interface Format<F extends string> {
  (strings: TemplateStringsArray, ...parts: readonly Part<F>[]): Fragment<F>;
  /** One value, escaped or refused. */
  word(value: string): Fragment<F>;
  /** Several, with spaces or `between` between. */
  words(values: readonly string[], between?: string): Fragment<F>;
}

/** Marks the place of an empty list, whose line goes; no value may hold it. */
const nothing = '\0';

/** Makes a format of how it writes one word; `write` gives undefined for what the format cannot hold. */
export function defineFormat<const F extends string>(
  format: F,
  write: (value: string) => string | undefined,
): Format<F> {
  const fragment = (text: string): Fragment<F> => ({ format, text });
  const word = (value: string): Fragment<F> => {
    const written = value.includes(nothing) ? undefined : write(value);
    if (written === undefined) throw planErrors.unrenderable({ value: value.slice(0, 100), format });
    return fragment(written);
  };
  const textOf = (part: Part<F>): string => {
    if (typeof part === 'string' || typeof part === 'number') return word(String(part)).text;
    if ('text' in part) return part.text;
    return part.length === 0 ? nothing : part.map(({ text }) => text).join('\n');
  };
  const tag = (strings: TemplateStringsArray, ...parts: readonly Part<F>[]): Fragment<F> => {
    const own = dedent(strings);
    let text = own[0]!;
    for (const [index, part] of parts.entries()) {
      const indent = /(?:^|\n)([ \t]*)$/.exec(text)?.[1] ?? '';
      text += textOf(part).replaceAll('\n', `\n${indent}`) + own[index + 1]!;
    }
    return fragment(
      text
        .split('\n')
        .filter((line) => line.trim() !== nothing)
        .map((line) => (line.trim() === '' ? '' : line))
        .join('\n')
        .replaceAll(nothing, ''),
    );
  };
  const words = (values: readonly string[], between = ' ') =>
    fragment(values.map((value) => word(value).text).join(between));
  return Object.assign(tag, { word, words });
}

/** A fragment as the text of a file. */
export const fileText = ({ text }: Fragment): string => `${text}\n`;

/** Takes away what a template on several lines has for the reader of the source alone. */
function dedent(strings: readonly string[]): readonly string[] {
  if (!strings[0]!.startsWith('\n')) return strings;
  const indents = strings
    .flatMap((text, at) => {
      const last = at === strings.length - 1;
      return [...text.matchAll(/\n([ \t]*)(?=([^ \t\n])|$)/g)].filter(
        ({ 2: next, index, 0: whole }) =>
          next !== undefined || (!last && index + whole.length === text.length),
      );
    })
    .map(({ 1: indent }) => indent!.length);
  const shared = new RegExp(`\\n[ \\t]{0,${Math.min(...indents)}}`, 'g');
  const cut = strings.map((text) => text.replace(shared, '\n'));
  return cut.map((text, at) => {
    const begun = at === 0 ? text.slice(1) : text;
    return at === cut.length - 1 ? begun.replace(/\n[ \t]*$/, '') : begun;
  });
}
