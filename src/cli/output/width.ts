/** How many columns of a terminal a text takes: East Asian wide characters two, combining ones none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += widthOfCharacter(character);
  return width;
}

function widthOfCharacter(character: string): number {
  if (/\p{Mark}|\p{Cf}/u.test(character)) return 0;
  return /[ᄀ-ᅟ⺀-〾ぁ-꓏ꥠ-ꥼ가-힣豈-﫿︐-﹯＀-｠￠-￦\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(character)
    ? 2
    : 1;
}

/** Cuts a text to so many columns, with an ellipsis where something is cut. */
export function cutTo(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let cut = '';
  let width = 0;
  for (const character of text) {
    width += widthOfCharacter(character);
    if (width > columns - 1) break;
    cut += character;
  }
  return `${cut}…`;
}

/** Fills a text up with spaces to so many columns. */
export function padTo(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/**
 * A text from outside (a title, an address, an error of a page) on one line, without what a terminal would obey:
 * control characters, escape sequences and marks that turn the direction of the line.
 */
export function plainLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}
