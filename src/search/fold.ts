/** Compatibility forms made one (full width, ligatures, half-width kana) and what cannot be seen taken out. */
export function normalise(text: string): string {
  return isAscii(text) ? text : text.normalize('NFKC').replace(/\p{Default_Ignorable_Code_Point}+/gu, '');
}

const letters: Readonly<Record<string, string>> = {
  ς: 'σ',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  æ: 'ae',
  œ: 'oe',
};

/** Upper and lower case made one, and the marks taken off Latin and Greek letters, Hebrew, Arabic and the Russian ё. */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return (
    text
      // By way of upper case, since only that makes "ß" and "ss" the same.
      .toUpperCase()
      .toLowerCase()
      .normalize('NFD')
      .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu, '$1')
      .replace(/(?<=е)\u0308|[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/gu, '')
      .normalize('NFC')
      .replace(/[ςøđłħŧæœ]/g, (letter) => letters[letter]!)
  );
}

// Most words of most pages are ASCII, and the way around Unicode is several times as fast.
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);
