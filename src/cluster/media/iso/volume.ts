import { mediaErrors } from '../errors.ts';
import type { Extent, Source } from './iso-image.ts';

/** What the primary volume descriptor says (ECMA-119 8.4). */
export interface Volume {
  readonly label: string;
  readonly root: Extent;
}

export const sectorBytes = 2048;
/** Where the volume descriptors begin (ECMA-119 6.2.1). */
const firstDescriptor = 16;
const mostDescriptors = 64;

/** Finds the primary volume descriptor; throws `media.notIso` and, where the image is shorter than it says, `media.truncated`. */
export async function readVolume(source: Source): Promise<Volume> {
  const { path, sizeBytes } = source;
  for (let index = 0; index < mostDescriptors; index++) {
    const offset = (firstDescriptor + index) * sectorBytes;
    if (offset + sectorBytes > sizeBytes) break;
    const sector = await source.read(offset, sectorBytes);
    const type = sector[0];
    if (sector.toString('latin1', 1, 6) !== 'CD001' || type === 255) break;
    if (type !== 1) continue;
    const blockBytes = sector.readUInt16LE(128);
    if (blockBytes !== sectorBytes)
      throw mediaErrors.notIso({ path, fault: `its blocks have ${blockBytes} bytes` });
    const neededBytes = sector.readUInt32LE(80) * sectorBytes;
    if (neededBytes > sizeBytes) throw mediaErrors.truncated({ path, sizeBytes, neededBytes });
    return {
      label: sector.toString('latin1', 40, 72).trimEnd(),
      root: {
        offset: sector.readUInt32LE(156 + 2) * sectorBytes,
        sizeBytes: sector.readUInt32LE(156 + 10),
      },
    };
  }
  throw mediaErrors.notIso({ path, fault: 'it has no primary volume descriptor' });
}
