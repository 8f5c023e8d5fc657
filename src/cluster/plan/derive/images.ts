import { type MirroredSource, releaseImageTags } from '../../../kernel/index.ts';
import type { Plan } from '../model.ts';
import { filePath, versionText } from '../render/formats/formats.ts';

/** The repositories that the payload of every release of OpenShift 4 refers to. */
const sources = [
  'quay.io/openshift-release-dev/ocp-release',
  'quay.io/openshift-release-dev/ocp-v4.0-art-dev',
];

/** The registry as images name it: its host, and its port where that is not 443. */
export const registryOf = ({ registry: { host, port } }: Plan): string =>
  port === 443 ? host : `${host}:${port}`;

/** The repository that the release is mirrored to, with its registry. */
export const mirrorPrefixOf = (plan: Plan): string =>
  `${registryOf(plan)}/${filePath.word(plan.registry.repository).text}`;

/** Where nodes find the images of a release in place of its own registry. */
export function registriesOf(plan: Plan): readonly MirroredSource[] {
  return sources.map((source) => ({ mirrors: [mirrorPrefixOf(plan)], source }));
}

/** The release image in the mirror, by the tag that `oc adm release mirror` gives it first. */
export function releaseImageOf(plan: Plan): string {
  const { version, architecture } = plan.cluster;
  return `${mirrorPrefixOf(plan)}:${releaseImageTags({ version: versionText.word(version.text).text, architecture })[0]}`;
}
