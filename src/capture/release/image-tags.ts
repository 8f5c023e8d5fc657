/** The name that OpenShift gives an architecture of OCI (`amd64` is `x86_64`); others have one name in both. */
export function openshiftArchitecture(architecture: string): string {
  return { amd64: 'x86_64', arm64: 'aarch64' }[architecture] ?? architecture;
}

/** True where `version` (`4.5.9`, `4.14.0-rc.1`) is of at least this minor version of OpenShift 4. */
export function isAtLeast(version: string, minor: number): boolean {
  const [major = 0, own = 0] = version.split('.', 2).map(Number);
  return major > 4 || (major === 4 && own >= minor);
}

export interface Named {
  readonly version: string;
  /** As OpenShift names it, `multi` for a release of several. */
  readonly architecture: string;
}

/** The image tags of the release image: as `oc` names it, and always with the architecture; the latter comes first. */
export function releaseImageTags({ version, architecture }: Named): readonly string[] {
  const full = `${version}-${architecture}`;
  return isAtLeast(version, 7) ? [full] : [full, version];
}

/** The image tag that `oc adm release mirror` gives a component: up to 4.6 without the architecture, from 4.7 with it. */
export function componentImageTag({ version, architecture }: Named, component: string): string {
  return isAtLeast(version, 7) ? `${version}-${architecture}-${component}` : `${version}-${component}`;
}
