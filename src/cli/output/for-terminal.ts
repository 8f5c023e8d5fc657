/** What a terminal obeys or what turns the direction of its lines, except for line feeds and tabs. */
const obeyed = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Lines of a text from outside, each as it is but for what a terminal would obey. */
export function plainText(text: string): string {
  return text.replace(obeyed, ' ');
}

/** A value as JSON in which such characters are escaped; JSON itself leaves those from U+007F on as they are. */
export function plainJson(value: unknown, indent?: number): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, undefined, indent).replace(obeyed, escaped);
}

/** Text in UTF-8 on its way to a terminal. */
export async function* plainBytes(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  for await (const chunk of body) yield Buffer.from(plainText(decoder.decode(chunk, { stream: true })));
  yield Buffer.from(plainText(decoder.decode()));
}
