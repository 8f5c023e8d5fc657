import { open } from 'node:fs/promises';
import { mediaErrors } from '../errors.ts';
import { copyImage, type MakeOptions, makeFile } from '../new-file.ts';
import { fillArgumentArea } from './argument-areas.ts';
import { fillIgnitionArea } from './ignition-area.ts';
import { checkArguments } from './kernel-arguments.ts';
import { type LiveIso, readLiveIso } from './live-iso.ts';

export interface CustomizeOptions extends MakeOptions {
  readonly source: string;
  readonly target: string;
  /** The Ignition config (JSON) of the live system. */
  readonly ignition?: Uint8Array;
  /** Come after the image's own. */
  readonly kernelArguments?: readonly string[];
}

interface Patch {
  readonly offset: number;
  readonly bytes: Buffer;
}

/**
 * Makes a copy of a live image with an Ignition config and kernel arguments in the areas that it has for them, as
 * `coreos-installer iso customize` does; whatever was in them is replaced, so the same input gives the same bytes. Reads
 * the copy back before it takes its name. Throws `media.noArea` and `media.tooLarge` before it writes.
 */
export async function customizeIso(options: CustomizeOptions): Promise<LiveIso> {
  const { source, target, ignition, kernelArguments = [] } = options;
  checkArguments(kernelArguments);
  if (ignition) checkIgnition(ignition);
  const live = await readLiveIso(source);
  const line = [live.kernelArguments?.default ?? '', ...kernelArguments].join(' ').trim();
  const patches = [...ignitionPatches(live, ignition), ...argumentPatches(live, kernelArguments, line)];
  // Secrets of the cluster are in an Ignition config.
  await makeFile(source, target, ignition ? 0o600 : 0o644, async (temporary) => {
    await copyImage(source, temporary, options);
    await write(temporary, patches);
    await readBack(temporary, target, ignition, line);
  });
  return { ...(await readLiveIso(target)) };
}

/** Makes a copy of a live image with nothing embedded and its own kernel arguments. */
export const resetIso = (options: MakeOptions & { source: string; target: string }): Promise<LiveIso> =>
  customizeIso(options);

function checkIgnition(bytes: Uint8Array): void {
  try {
    const config: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const { ignition } = config as { ignition?: { version?: unknown } };
    if (typeof ignition?.version === 'string') return;
  } catch {
    throw mediaErrors.badIgnition({ fault: 'it is no JSON' });
  }
  throw mediaErrors.badIgnition({ fault: 'it names no "ignition.version"' });
}

function ignitionPatches({ path, ignition: area }: LiveIso, ignition: Uint8Array | undefined): Patch[] {
  if (!area) {
    if (ignition) throw mediaErrors.noArea({ path, what: 'an Ignition config' });
    return [];
  }
  return [{ offset: area.offset, bytes: fillIgnitionArea(path, area.sizeBytes, ignition) }];
}

function argumentPatches(live: LiveIso, added: readonly string[], line: string): Patch[] {
  const { path, kernelArguments } = live;
  if (!kernelArguments) {
    if (added.length > 0) throw mediaErrors.noArea({ path, what: 'kernel arguments' });
    return [];
  }
  const { sizeBytes, areas } = kernelArguments;
  return areas.map((area) => ({
    offset: area.offset,
    bytes: fillArgumentArea(path, sizeBytes, line, area),
  }));
}

async function write(path: string, patches: readonly Patch[]): Promise<void> {
  const file = await open(path, 'r+');
  try {
    for (const { offset, bytes } of patches)
      for (let at = 0; at < bytes.length; )
        at += (await file.write(bytes, at, bytes.length - at, offset + at)).bytesWritten;
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readBack(
  path: string,
  target: string,
  ignition: Uint8Array | undefined,
  line: string,
): Promise<void> {
  const now = await readLiveIso(path);
  const embedded = now.ignition?.embedded;
  const holds =
    ignition === undefined
      ? embedded === undefined || embedded.kind === 'nothing'
      : embedded?.kind === 'config' && embedded.config.equals(ignition);
  if (!holds) throw mediaErrors.notWritten({ path: target, fault: 'the Ignition config differs' });
  if (now.kernelArguments && now.kernelArguments.current !== line)
    throw mediaErrors.notWritten({ path: target, fault: 'the kernel arguments differ' });
}
