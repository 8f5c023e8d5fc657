import { isAtLeast, type NamedRelease } from '../../kernel/index.ts';

/** The name that OpenShift gives an architecture of OCI (`amd64` is `x86_64`); others have one name in both. */
export function openshiftArchitecture(architecture: string): string {
  return { amd64: 'x86_64', arm64: 'aarch64' }[architecture] ?? architecture;
}

/** The image tag that `oc adm release mirror` gives a component: up to 4.6 without the architecture, from 4.7 with it. */
export function componentImageTag({ version, architecture }: NamedRelease, component: string): string {
  return isAtLeast(version, 7) ? `${version}-${architecture}-${component}` : `${version}-${component}`;
}
