import { z } from 'zod';
import { mediaErrors } from '../errors.ts';
import type { Extent, IsoImage } from '../iso/iso-image.ts';
import { findInitramfsFiles, packInitramfs } from './cpio.ts';

/** The name under which Ignition finds the config of the live system. */
export const configName = 'config.ign';
const usualFile = 'images/ignition.img';
/** The real area has 256 KiB; what says it is larger than this is no area. */
const mostAreaBytes = 64 * 1024 * 1024;

const igninfo = z.object({
  file: z.string().min(1).max(200),
  offset: z.int().nonnegative().optional(),
  length: z.int().positive().optional(),
});

/** The area for the Ignition config of a live image: as `/coreos/igninfo.json` says, else the whole of `/images/ignition.img`. */
export async function findIgnitionArea(iso: IsoImage): Promise<Extent | undefined> {
  const bad = (fault: string) => mediaErrors.badArea({ what: 'Ignition', path: iso.path, fault });
  const json = await iso.findBytes('coreos/igninfo.json', 16 * 1024);
  const info = json ? parseJson(json, igninfo) : { file: usualFile };
  if (!info) throw bad('"coreos/igninfo.json" is not understood');
  const { file, offset = 0, length } = info;
  const extent = await iso.find(file);
  if (!extent) {
    if (json) throw bad(`"${file}" is missing`);
    return undefined;
  }
  const sizeBytes = length ?? extent.sizeBytes - offset;
  if (sizeBytes <= 0 || sizeBytes > mostAreaBytes || offset + sizeBytes > extent.sizeBytes)
    throw bad(`it does not lie in "${file}"`);
  return { offset: extent.offset + offset, sizeBytes };
}

/** What an area holds: nothing, a config, or what was packed in a way that is not read here. */
export type Embedded =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'config'; readonly config: Buffer }
  | { readonly kind: 'other' };

/** Reads what is embedded. */
export function embeddedIn(area: Buffer): Embedded {
  if (area.every((byte) => byte === 0)) return { kind: 'nothing' };
  const config = findInitramfsFiles(area)?.get(configName);
  return config ? { kind: 'config', config } : { kind: 'other' };
}

/** The bytes of an area with a config, or empty; throws `media.tooLarge`. */
export function fillIgnitionArea(path: string, areaBytes: number, config: Uint8Array | undefined): Buffer {
  const area = Buffer.alloc(areaBytes);
  if (!config) return area;
  const packed = packInitramfs(configName, config);
  if (packed.length > areaBytes)
    throw mediaErrors.tooLarge({
      what: 'packed Ignition config',
      path,
      neededBytes: packed.length,
      areaBytes,
    });
  packed.copy(area);
  return area;
}

/** Parses JSON of an image by a schema; undefined where it is not of that form. */
export function parseJson<T>(bytes: Buffer, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
