import type { Descriptor } from '../../kernel/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { configMediaType, type SnapshotConfig } from './format.ts';
import { configSchema, faultOf } from './schema.ts';

/** The largest config that is read: it carries a line for each request. */
const maxConfigBytes = 64 * 1024 * 1024;

/** Makes the error of a snapshot from what is wrong with it. */
export type Bad = (fault: string, cause?: unknown) => Error;

/** Reads and checks the config of a snapshot; throws what `bad` makes. */
export async function readConfig(
  store: BlobStore,
  descriptor: Descriptor,
  bad: Bad,
): Promise<SnapshotConfig> {
  if (descriptor.mediaType !== configMediaType)
    throw bad(`its config is "${descriptor.mediaType.slice(0, 200)}", not "${configMediaType}"`);
  const bytes = await store.bytes(descriptor.digest, maxConfigBytes);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw bad('its config is not JSON', cause);
  }
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) throw bad(`its config: ${faultOf(parsed.error)}`);
  return parsed.data;
}
