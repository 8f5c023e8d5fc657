import type { CopiedRelease, InstallerConfig, MirrorPlace } from '../capture/index.ts';
import { imagesErrors, parseReference } from '../images/index.ts';
import type { Context } from './context.ts';
import { plainLine } from './output/width.ts';

/** What an installation of a release from a mirror needs next; throws `images.badReference`. */
export async function installationOf(release: CopiedRelease, mirror: MirrorPlace): Promise<InstallerConfig> {
  const { installerConfig } = await import('../capture/index.ts');
  return installerConfig(release, mirror);
}

/** Prints it as text that can be cut at its comments. */
export function tellInstallation({ say, texts }: Context, next: InstallerConfig): void {
  const t = texts.release;
  say(`\n${next.summary.trimEnd()}`);
  const sections = [
    [t.installConfig, next.installConfig],
    [t.mirrorSet, next.mirrorSet],
    [t.signature, next.signatureConfigMap],
  ] as const;
  for (const [title, yaml] of sections) if (yaml !== undefined) say(`\n# ${title}\n${yaml.trimEnd()}`);
  if (next.signatureConfigMap === undefined) say(`\n# ${t.noSignature}`);
}

/** Reads a mirror as people write it, `host[:port]/repository`; throws `images.badReference`. */
export function parseMirror(text: string): MirrorPlace {
  const { host, repository, tag, digest } = parseReference(text.replace(/^docker:\/\//, ''));
  if (digest !== undefined || (tag !== undefined && text.endsWith(`:${tag}`)))
    throw imagesErrors.badReference({ value: plainLine(text), fault: 'a mirror has neither tag nor digest' });
  return { registry: host, repository };
}
