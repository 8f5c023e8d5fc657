import { domainToUnicode } from 'node:url';

const eastAsian =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}a-z0-9ー・-]+$/u;

/** A host for people: names in East Asian scripts as they are written, other IDNs (which can pose as Latin) as punycode. */
export function shownHost(host: string): string {
  return host
    .split('.')
    .map((label) => {
      if (!label.startsWith('xn--')) return label;
      const written = domainToUnicode(label);
      return eastAsian.test(written) ? written : label;
    })
    .join('.');
}

/** A host as it was typed into a query, in the form that is kept; the text itself where it is no host. */
export function hostOf(typed: string): string {
  const parsed = URL.parse(`https://${typed.replace(/^https?:\/\//i, '')}`);
  return (parsed?.hostname ?? typed.toLowerCase()).replace(/\.$/, '');
}
