import { z } from 'zod';
import { mediaErrors } from '../errors.ts';
import type { IsoImage } from '../iso/iso-image.ts';
import { parseJson } from './ignition-area.ts';

/** A place in a boot menu that holds the kernel arguments, followed by `end` and filled up with `pad`. */
export interface ArgumentArea {
  readonly offset: number;
  readonly pad: string;
  readonly end: string;
}

/** The areas for kernel arguments of a live image; all hold the same. */
export interface ArgumentAreas {
  readonly sizeBytes: number;
  readonly default: string;
  readonly current: string;
  readonly areas: readonly ArgumentArea[];
}

/** As coreos-installer has it. */
const mostAreaBytes = 2048;
/** Where older images say the same (before the header of the Ignition area, at the end of the system area). */
const header = { offset: 32_768 - 24 - 72, sizeBytes: 72, magic: 'coreKarg', mostAreas: 6 };

const oneByte = z.string().regex(/^[\n\x20-\x7e]$/);
const kargsJson = z.object({
  default: z.string().max(mostAreaBytes),
  size: z.int().min(1).max(mostAreaBytes),
  files: z
    .array(
      z.object({
        path: z.string().min(1).max(200),
        offset: z.int().nonnegative(),
        pad: oneByte.optional(),
        end: oneByte.optional(),
      }),
    )
    .min(1)
    .max(16),
});

/** Finds the areas by `/coreos/kargs.json`, in older images by the header; undefined where there are none. */
export async function findArgumentAreas(iso: IsoImage): Promise<ArgumentAreas | undefined> {
  const json = await iso.findBytes('coreos/kargs.json', 64 * 1024);
  return json ? areasOfJson(iso, json) : areasOfHeader(iso);
}

const bad = (iso: IsoImage, fault: string) =>
  mediaErrors.badArea({ what: 'kernel arguments', path: iso.path, fault });

async function areasOfJson(iso: IsoImage, json: Buffer): Promise<ArgumentAreas> {
  const info = parseJson(json, kargsJson);
  if (!info) throw bad(iso, '"coreos/kargs.json" is not understood');
  const areas: ArgumentArea[] = [];
  for (const { path, offset, pad = '#', end = '\n' } of info.files) {
    const file = await iso.find(path);
    if (!file || offset + info.size > file.sizeBytes) throw bad(iso, `it does not lie in "${path}"`);
    areas.push({ offset: file.offset + offset, pad, end });
  }
  return areasAt(iso, info.size, info.default, areas);
}

async function areasOfHeader(iso: IsoImage): Promise<ArgumentAreas | undefined> {
  const bytes = await iso.read(header.offset, header.sizeBytes);
  if (bytes.toString('latin1', 0, 8) !== header.magic) return undefined;
  const numbers = Array.from({ length: 2 + header.mostAreas }, (_, i) => bytes.readBigUInt64LE(8 + i * 8));
  const [sizeBytes = 0, defaultAt = 0, ...offsets] = numbers.map(Number);
  if (sizeBytes < 1 || sizeBytes > mostAreaBytes) throw bad(iso, `it has ${sizeBytes} bytes`);
  const used = offsets.slice(0, offsets.indexOf(0) < 0 ? offsets.length : offsets.indexOf(0));
  if (used.length === 0) throw bad(iso, 'the header names no place');
  const area = (offset: number): ArgumentArea => ({ offset, pad: '#', end: '\n' });
  const usual = textOf(await iso.read(defaultAt, sizeBytes), area(defaultAt));
  return areasAt(iso, sizeBytes, usual, used.map(area));
}

async function areasAt(
  iso: IsoImage,
  sizeBytes: number,
  usual: string,
  areas: readonly ArgumentArea[],
): Promise<ArgumentAreas> {
  const texts: string[] = [];
  for (const area of areas) texts.push(textOf(await iso.read(area.offset, sizeBytes), area));
  const [current = ''] = texts;
  if (texts.some((text) => text !== current)) throw bad(iso, 'its places do not hold the same');
  return { sizeBytes, default: usual.trim(), current, areas };
}

function textOf(bytes: Buffer, { pad, end }: ArgumentArea): string {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === pad.charCodeAt(0)) length--;
  while (length > 0 && bytes[length - 1] === end.charCodeAt(0)) length--;
  return bytes.toString('utf8', 0, length).trim();
}

/** The bytes of one area; throws `media.tooLarge`. */
export function fillArgumentArea(
  path: string,
  sizeBytes: number,
  text: string,
  { pad, end }: ArgumentArea,
): Buffer {
  const bytes = Buffer.from(`${text}${end}`);
  if (bytes.length > sizeBytes)
    throw mediaErrors.tooLarge({
      what: 'kernel line',
      path,
      neededBytes: bytes.length,
      areaBytes: sizeBytes,
    });
  return Buffer.concat([bytes, Buffer.alloc(sizeBytes - bytes.length, pad)]);
}
