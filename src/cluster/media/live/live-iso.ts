import type { Extent } from '../iso/iso-image.ts';
import { type IsoImage, openIso } from '../iso/iso-image.ts';
import { type ArgumentAreas, findArgumentAreas } from './argument-areas.ts';
import { type Embedded, embeddedIn, findIgnitionArea } from './ignition-area.ts';

/** What a live image has room for and what is in it now. */
export interface LiveIso {
  readonly path: string;
  readonly sizeBytes: number;
  /** The volume's label, for example `rhcos-412.86.202301311551-0`. */
  readonly label: string;
  readonly ignition?: Extent & { readonly embedded: Embedded };
  readonly kernelArguments?: ArgumentAreas;
}

/** Reads where an image can be made ready for a node; neither area is there in an image that is no live one of RHCOS. */
export async function readLiveIso(path: string): Promise<LiveIso> {
  const iso = await openIso(path);
  try {
    return await liveIsoOf(iso);
  } finally {
    await iso.close();
  }
}

async function liveIsoOf(iso: IsoImage): Promise<LiveIso> {
  const area = await findIgnitionArea(iso);
  const kernelArguments = await findArgumentAreas(iso);
  const { path, sizeBytes, volume } = iso;
  return {
    path,
    sizeBytes,
    label: volume.label,
    ...(area && {
      ignition: { ...area, embedded: embeddedIn(await iso.read(area.offset, area.sizeBytes)) },
    }),
    ...(kernelArguments && { kernelArguments }),
  };
}
