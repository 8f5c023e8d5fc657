import { escapeReferences } from '../compose/references.ts';

/** Text for the inside of a double-quoted string; nothing in it can end the string (CSS Syntax level 3, 4.3.5). */
export function stringText(text: string): string {
  return text.replace(/["\\\p{Cc}]/gu, (character) =>
    /["\\]/.test(character) ? `\\${character}` : `\\${character.charCodeAt(0).toString(16)} `,
  );
}

/** The same for text of the page, in which nothing may read as a reference. */
export function literalText(text: string): string {
  return escapeReferences(stringText(text), 'css');
}
