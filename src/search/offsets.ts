import { normalise } from './fold.ts';

/** A normalised text that knows where each of its UTF-16 units came from. */
export interface MappedText {
  readonly text: string;
  /** The offset in the original of the unit at `index`; of the original's end at the text's end. */
  originOf(index: number): number;
}

/** A character with all that NFKC may join to it: marks, half-width voicing, Korean letters that stack, invisible ones. */
const unit = /.(?:[\p{M}\uff9e\uff9f\u1160-\u11ff]|\p{Default_Ignorable_Code_Point})*/gsu;

/** Normalises like `normalise`, keeping the way back. */
export function normaliseMapped(original: string): MappedText {
  const whole = normalise(original);
  if (whole === original) return { text: original, originOf: (index) => index };
  const parts: string[] = [];
  const origins: number[] = [];
  for (const { 0: part, index } of original.matchAll(unit)) {
    const normal = normalise(part);
    parts.push(normal);
    for (let i = 0; i < normal.length; i++) origins.push(normal.length === part.length ? index + i : index);
  }
  origins.push(original.length);
  return { text: parts.join(''), originOf: (index) => origins[index]! };
}
