import type { BadChunk, Signature } from '../bundle/index.ts';
import type { Context } from './context.ts';
import { plainLine } from './output/width.ts';

/** What is known of who made a bundle, as a sentence. */
export function signatureText({ texts }: Context, { state, keyId = '' }: Signature): string {
  const sentences: Readonly<Record<Signature['state'], string>> = {
    trusted: texts.carry.signed(keyId),
    unchecked: texts.carry.signatureUnchecked(plainLine(keyId)),
    none: texts.carry.unsigned,
  };
  return sentences[state];
}

/** Says which chunk of which part is wrong. */
export function sayBadChunk({ say, texts }: Context, { file, chunk, fault, detail }: BadChunk): void {
  say(plainLine(texts.carry.badChunk(file, chunk, texts.carry.faults[fault], detail)));
}
