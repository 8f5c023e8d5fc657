/** Text on one line, at most `maxLength` characters of it. */
export function oneLine(text: string | null | undefined, maxLength = 1000): string {
  return (text ?? '')
    .slice(0, maxLength * 4)
    .replace(/[\p{Cc}\s\u200b\ufeff]+/gu, ' ')
    .trim()
    .slice(0, maxLength)
    .toWellFormed();
}
