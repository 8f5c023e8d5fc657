/** True where `version` (`4.5.9`, `4.14.0-rc.1`) is of at least this minor version of OpenShift 4. */
export function isAtLeast(version: string, minor: number): boolean {
  const [major = 0, own = 0] = version.split('.', 2).map(Number);
  return major > 4 || (major === 4 && own >= minor);
}

/** A release by the names that OpenShift gives it. */
export interface NamedRelease {
  readonly version: string;
  /** As OpenShift names it (`x86_64`), `multi` for a release of several. */
  readonly architecture: string;
}

/** The image tags of the release image: as `oc` names it, and always with the architecture; the latter comes first. */
export function releaseImageTags({ version, architecture }: NamedRelease): readonly string[] {
  const full = `${version}-${architecture}`;
  return isAtLeast(version, 7) ? [full] : [full, version];
}

/** Where images of a repository are found instead, as install-config.yaml and the mirror objects write it. */
export interface MirroredSource {
  readonly mirrors: readonly string[];
  readonly source: string;
}

/** The section of install-config.yaml: `imageContentSources` up to 4.13, `imageDigestSources` from 4.14. */
export function mirrorSection(version: string, sources: readonly MirroredSource[]) {
  return isAtLeast(version, 14) ? { imageDigestSources: sources } : { imageContentSources: sources };
}

/** The object for a cluster that runs: ImageContentSourcePolicy up to 4.12, ImageDigestMirrorSet from 4.13. */
export function mirrorObject(version: string, name: string, sources: readonly MirroredSource[]) {
  return isAtLeast(version, 13)
    ? {
        apiVersion: 'config.openshift.io/v1',
        kind: 'ImageDigestMirrorSet',
        metadata: { name },
        spec: { imageDigestMirrors: sources },
      }
    : {
        apiVersion: 'operator.openshift.io/v1alpha1',
        kind: 'ImageContentSourcePolicy',
        metadata: { name },
        spec: { repositoryDigestMirrors: sources },
      };
}
