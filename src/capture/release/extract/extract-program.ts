import { formatReference, type Platform, parseReference } from '../../../images/index.ts';
import type { Digest, OnProgress } from '../../../kernel/index.ts';
import type { BlobStore } from '../../../store/index.ts';
import { captureErrors } from '../../errors.ts';
import type { MirrorPlace } from '../installer-config.ts';
import { PayloadFault } from '../payload-fault.ts';
import { openRelease, type Release } from '../release.ts';
import { layersOf } from './component-layers.ts';
import { findInLayers } from './find-in-layers.ts';
import { bindingsOf, type ProgramName, type ProgramSystem, placeOf } from './programs.ts';
import { createProgramFile } from './write-program.ts';

export interface ExtractOptions {
  readonly store: BlobStore;
  /** The digest of a release's snapshot. */
  readonly snapshot: Digest;
  readonly program: ProgramName;
  /** The file that is written, or replaced; its folder is there. */
  readonly to: string;
  /** Default `linux`. */
  readonly system?: ProgramSystem;
  /** The architecture of the machine that runs it, as OCI names it; default that of the release, `amd64` of one for several. */
  readonly architecture?: string;
  /** The mirror that the release is pinned at; the repository that it came from where it is absent. */
  readonly mirror?: MirrorPlace;
  readonly signal?: AbortSignal;
  /** Stage `extracting`, in bytes of the program. */
  readonly onProgress?: OnProgress;
}

export interface ExtractedProgram {
  readonly path: string;
  readonly sizeBytes: number;
  /** Of the file as it was written, values filled in. */
  readonly digest: Digest;
  /** What the program is pinned to, `repository@digest`. */
  readonly pullspec: string;
  readonly version: string;
  /** The image tag of the component that it was taken from. */
  readonly component: string;
}

/** A program may be as large; the installer of 4.20 has 700 MiB. */
const maxProgramBytes = 4 * 1024 ** 3;

/**
 * Takes a program out of a mirrored release as `oc adm release extract` does, without asking any registry: the layer's digests
 * are checked, release, version and architecture filled in. The file appears whole and executable, or not at all. Throws
 * `capture.noProgram`, `capture.unpatchable`, `capture.cannotWrite`, `capture.notARelease`.
 */
export async function extractProgram(options: ExtractOptions): Promise<ExtractedProgram> {
  const { store, program, to, system = 'linux', mirror, signal, onProgress } = options;
  const release = await openRelease(store, options.snapshot);
  const { version } = release;
  const missing = (fault: string, cause?: unknown) =>
    captureErrors.noProgram({ version, program, fault }, { cause });
  const place = placeOf(program, system);
  if (!place) throw missing(`there is none for ${system}`);
  const component = release.components.find(({ name }) => name === place.component);
  if (!component) throw missing(`it has no component "${place.component}"`);
  const pullspec = pullspecOf(release, mirror);
  const platform = platformOf(release, options.architecture);
  const own = `linux/${platform.architecture}`;
  const architecture = release.architecture === 'multi' ? `multi (${own})` : own;
  const file = await createProgramFile(to, bindingsOf(program, { version, architecture, pullspec }));
  try {
    const take = async ({ sizeBytes, body }: { sizeBytes: number; body: AsyncIterable<Uint8Array> }) => {
      if (sizeBytes > maxProgramBytes) throw new PayloadFault(`it is larger than ${maxProgramBytes} bytes`);
      let done = 0;
      for await (const piece of body) {
        await file.write(piece);
        done += piece.length;
        onProgress?.({ stage: 'extracting', done, total: sizeBytes, unit: 'bytes' });
      }
    };
    try {
      const layers = await layersOf(store, component.digest, platform);
      await findInLayers(store, layers, place.path, take, signal);
    } catch (error) {
      throw error instanceof PayloadFault ? missing(error.message, error) : error;
    }
    const written = await file.finish();
    return { path: to, ...written, pullspec, version, component: component.imageTag };
  } catch (error) {
    if (error instanceof PayloadFault)
      throw captureErrors.unpatchable({ version, program, fault: error.message }, { cause: error });
    throw error;
  } finally {
    await file.close();
  }
}

function pullspecOf({ repository, digest }: Release, mirror: MirrorPlace | undefined): string {
  const name = mirror ? `${mirror.registry}/${mirror.repository}` : repository;
  return formatReference(parseReference(`${name}@${digest}`));
}

/** The platform of OCI that a release is for, where it is for one. */
function platformOf({ architecture }: Release, wanted: string | undefined): Platform {
  const known: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64', multi: 'amd64' };
  return { os: 'linux', architecture: wanted ?? known[architecture] ?? architecture };
}
