/** A piece of an excerpt; `marked` where it is what was searched for. */
export interface ExcerptPart {
  readonly text: string;
  readonly marked: boolean;
}

/** Turns the alternating parts of the API (plain first) into pieces, without empty ones and with blanks run together. */
export function excerptParts(parts: readonly string[]): ExcerptPart[] {
  return parts
    .map((text, index) => ({ text: text.replace(/\s+/g, ' '), marked: index % 2 === 1 }))
    .filter((part) => part.text !== '');
}
