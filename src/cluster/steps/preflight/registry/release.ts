import { createHash } from 'node:crypto';
import {
  type Credentials,
  type ImageSource,
  parseCredentials,
  readManifest,
} from '../../../../images/index.ts';
import {
  type Descriptor,
  errorText,
  HoldfastError,
  hasCode,
  releaseImageTags,
  splitDigest,
} from '../../../../kernel/index.ts';
import { mirrorPrefixOf, registryOf } from '../../../plan/index.ts';
import { findings } from '../findings.ts';
import type { Scene, Verdict } from '../types.ts';
import { failed, passed, shown } from '../verdict.ts';
import { withRepository } from './reach-registry.ts';

/** The largest part that is pulled to prove it: a config has kilobytes. */
const mostBytes = 4 * 1024 * 1024;

/** The image tags that the release may have in a mirror, the one that `oc` gives first before the others. */
export const tagsOf = ({ plan: { cluster } }: Scene): readonly string[] =>
  releaseImageTags({ version: cluster.version.text, architecture: cluster.architecture });

/** The release image pulled as a node does: by its name in the mirror with the pull secret, then by digest, with one blob. */
export async function releaseVerdict(scene: Scene, signal: AbortSignal): Promise<Verdict> {
  const { plan, secrets } = scene;
  const host = registryOf(plan);
  const repository = mirrorPrefixOf(plan);
  const text = secrets.pullSecret?.reveal();
  if (text === undefined) return failed(findings.noPullSecret({ file: plan.secrets.pullSecret }));
  let credentials: Credentials;
  try {
    credentials = parseCredentials(text, plan.secrets.pullSecret);
  } catch (error) {
    return failed(findings.badPullSecret({ file: plan.secrets.pullSecret, detail: shown(errorText(error)) }));
  }
  if (!credentials.find(host, plan.registry.repository)) return failed(findings.noLogin({ host }));
  try {
    return await withRepository(scene, credentials, signal, async (source) => {
      const found = await findRelease(source, tagsOf(scene));
      if (!found) return failed(findings.releaseMissing({ repository, tags: tagsOf(scene).join(', ') }));
      const bytes = await pullOne(source, found, plan.cluster.architecture);
      return passed(findings.releasePulled({ image: `${repository}@${found.digest}`, bytes }));
    });
  } catch (error) {
    signal.throwIfAborted();
    if (hasCode(error, 'images.denied'))
      return failed(
        findings.loginRefused({
          host,
          repository: plan.registry.repository,
          detail: shown(errorText(error)),
        }),
      );
    return failed(findings.releaseBroken({ repository, detail: shown(errorText(error), 300) }));
  }
}

/** The release by the first of its tags that is there. */
async function findRelease(source: ImageSource, tags: readonly string[]): Promise<Descriptor | undefined> {
  for (const tag of tags) {
    try {
      return await source.resolve(tag);
    } catch (error) {
      if (!(error instanceof HoldfastError) || error.kind !== 'notFound') throw error;
    }
  }
  return undefined;
}

/** Pulls the manifest by its digest and the config that it names, both checked; how many bytes they have. */
async function pullOne(source: ImageSource, root: Descriptor, architecture: string): Promise<number> {
  const bytes = await source.manifest(root);
  const manifest = readManifest(bytes, root.mediaType, source.name);
  if (manifest.kind === 'index') {
    const goName = { x86_64: 'amd64', aarch64: 'arm64' }[architecture] ?? architecture;
    const entry = manifest.manifests.find(({ platform }) => platform?.architecture === goName);
    if (!entry) throw new Error(`it is not there for ${architecture}`);
    return bytes.length + (await pullOne(source, entry, architecture));
  }
  const part = [manifest.config!, ...manifest.layers].toSorted((a, b) => a.size - b.size)[0]!;
  if (part.size > mostBytes) return bytes.length;
  const { hex } = splitDigest(part.digest);
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of await source.blob(part)) {
    size += piece.length;
    if (size > part.size) break;
    hash.update(piece);
  }
  if (size !== part.size || (part.digest.startsWith('sha256:') && hash.digest('hex') !== hex))
    throw new Error(`blob "${part.digest}" is damaged`);
  return bytes.length + size;
}
