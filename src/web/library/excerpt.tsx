import { excerptParts } from './excerpt-parts.ts';

/** Where the words were found, with the words marked. The text is a page's, so it is only ever set as text. */
export function Excerpt({ parts, lang }: { parts: readonly string[]; lang?: string | undefined }) {
  return (
    <p lang={lang} className="line-clamp-2 text-sm text-ink-2">
      {excerptParts(parts).map((part, index) => {
        const Piece = part.marked ? 'mark' : 'span';
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no name of their own
        return <Piece key={index}>{part.text}</Piece>;
      })}
    </p>
  );
}
