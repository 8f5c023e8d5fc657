import { z } from 'zod';
import type { Digest } from '../../../kernel/index.ts';
import { MessageFault } from './packets.ts';

/** What a signer says of an image (containers-signature.5, "atomic container signature"); other critical fields are refused, as the format asks. */
const statement = z.object({
  critical: z.strictObject({
    type: z.literal('atomic container signature'),
    image: z.strictObject({ 'docker-manifest-digest': z.string() }),
    identity: z.strictObject({ 'docker-reference': z.string().min(1) }),
  }),
  optional: z.unknown(),
});

/** Checks that the signed bytes are, as a whole, a statement about this image; throws `MessageFault`. */
export function checkStatement(body: Uint8Array, image: Digest): void {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body));
  } catch (cause) {
    throw new MessageFault('what was signed is not JSON as a whole', { cause });
  }
  const parsed = statement.safeParse(value);
  if (!parsed.success) {
    const place = parsed.error.issues[0]!.path.join('.') || 'critical';
    throw new MessageFault(`what was signed is not a statement about an image: ${place}`);
  }
  const signed = parsed.data.critical.image['docker-manifest-digest'];
  if (signed !== image) throw new MessageFault(`it is about another image, ${signed.slice(0, 80)}`);
}
