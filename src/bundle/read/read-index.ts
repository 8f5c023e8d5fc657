import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { type Digest, digestOf, errorText, HoldfastError } from '../../kernel/index.ts';
import { bundleErrors } from '../errors.ts';
import { type BundleIndex, indexName, signatureName } from '../format/bundle-index.ts';
import { parseIndex } from '../format/index-schema.ts';
import { maxIndexBytes } from '../limits.ts';
import { openToRead, readFully } from '../parts/part-file.ts';
import { keyIdOf, signatureFault, signerOf } from '../signature.ts';

/** What is known of who made a bundle. */
export interface Signature {
  /** `trusted`: the key that was given made it. `unchecked`: there is one, and no key was given. */
  readonly state: 'trusted' | 'unchecked' | 'none';
  /** The key that it names. */
  readonly keyId?: string;
}

/** An index as it was read, and by what a report names it. */
export interface ReadIndex {
  readonly index: BundleIndex;
  /** The sha256 of `bundle.json`. */
  readonly digest: Digest;
}

/** Reads the index of the bundle in a folder; throws `bundle.noBundle`, `bundle.unreadable` or `bundle.badIndex`. */
export async function readIndexFile(folder: string): Promise<ReadIndex> {
  return parsed(folder, await readIndexBytes(folder));
}

async function readIndexBytes(folder: string): Promise<Uint8Array> {
  const place = join(folder, indexName);
  const bytes = await readSmallFile(place, maxIndexBytes).catch((error) => {
    throw isMissing(error) ? bundleErrors.noBundle({ place: folder }, { cause: error }) : error;
  });
  if (!bytes) throw bundleErrors.badIndex({ place, fault: `it is longer than ${maxIndexBytes} bytes` });
  return bytes;
}

function parsed(folder: string, bytes: Uint8Array): ReadIndex {
  const index = parseIndex(bytes);
  if (typeof index === 'string')
    throw bundleErrors.badIndex({ place: join(folder, indexName), fault: index });
  return { index, digest: digestOf(bytes) };
}

/**
 * Reads the index and judges its signature before anything that it says is used; with `trust`, only what that key signed is
 * taken. Throws `bundle.unsigned` or `bundle.badSignature` besides.
 */
export async function openIndex(
  folder: string,
  trust?: KeyObject,
): Promise<ReadIndex & { signature: Signature }> {
  const place = join(folder, indexName);
  const bytes = await readIndexBytes(folder);
  const signed = await readSmallFile(join(folder, signatureName), 4096).catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (trust) {
    if (!signed) throw bundleErrors.unsigned({ place, key: keyIdOf(trust) });
    const fault = signatureFault(bytes, signed, trust);
    if (fault !== undefined) throw bundleErrors.badSignature({ place, fault });
  }
  const read = parsed(folder, bytes);
  const keyId = signed && signerOf(signed);
  const named = keyId === undefined ? {} : { keyId };
  return { ...read, signature: { state: trust ? 'trusted' : signed ? 'unchecked' : 'none', ...named } };
}

/** All bytes of a file; undefined where it is longer than `maxBytes`. Throws `bundle.unreadable`. */
export async function readSmallFile(place: string, maxBytes: number): Promise<Uint8Array | undefined> {
  try {
    await using handle = await openToRead(place);
    const { size } = await handle.stat();
    if (size > maxBytes) return undefined;
    const bytes = new Uint8Array(size);
    return bytes.subarray(0, await readFully(handle, bytes, 0));
  } catch (cause) {
    throw bundleErrors.unreadable({ place, detail: errorText(cause) }, { cause });
  }
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof HoldfastError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  );
}
