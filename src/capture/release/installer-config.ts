import { stringify } from 'yaml';
import { formatReference, parseReference } from '../../images/index.ts';
import { mirrorObject, mirrorSection, splitDigest } from '../../kernel/index.ts';
import type { Release } from './release.ts';

/** Where the cluster will find a release. */
export interface MirrorPlace {
  /** Host name and, where one is needed, port. */
  readonly registry: string;
  readonly repository: string;
}

/** What an installation from a mirror needs next; each text ends with a line break. */
export interface InstallerConfig {
  /** `registry/repository:4.5.9-x86_64`. */
  readonly updateImage: string;
  /** The pullspec by digest, as `oc` and the installer pin it. */
  readonly pullspec: string;
  /** The two lines that `oc adm release mirror` ends with. */
  readonly summary: string;
  /** The section of install-config.yaml: `imageContentSources` up to 4.13, `imageDigestSources` from 4.14. */
  readonly installConfig: string;
  /** The object for a cluster that runs: ImageContentSourcePolicy up to 4.12, ImageDigestMirrorSet from 4.13. */
  readonly mirrorSet: string;
  /** The ConfigMap that lets a cluster without a way to the stores verify the release; absent where no signature is held. */
  readonly signatureConfigMap?: string;
}

/** Writes what an installation needs next; throws `images.badReference` where registry or repository is malformed. */
export function installerConfig(
  release: Pick<Release, 'version' | 'digest' | 'imageTags' | 'sources' | 'signatures'>,
  place: MirrorPlace,
): InstallerConfig {
  const { version, digest, imageTags, sources, signatures } = release;
  const prefix = `${place.registry}/${place.repository}`;
  const updateImage = formatReference(parseReference(`${prefix}:${imageTags[0]}`));
  const mirrors = sources.map((source) => ({ mirrors: [prefix], source }));
  return {
    updateImage,
    pullspec: `${prefix}@${digest}`,
    // Two spaces, so that the values stand below each other.
    summary: `Update image:  ${updateImage}\nMirror prefix: ${prefix}\n`,
    installConfig: yaml(mirrorSection(version, mirrors)),
    mirrorSet: yaml(mirrorObject(version, 'example', mirrors)),
    ...(signatures.length > 0 && { signatureConfigMap: signatureConfigMap(release) }),
  };
}

/** As the cluster version operator reads it, and as `oc` writes it beside a mirror folder. */
function signatureConfigMap({ digest, signatures }: Pick<Release, 'digest' | 'signatures'>): string {
  const { algorithm, hex } = splitDigest(digest);
  const name = `${algorithm}-${hex}`;
  const binaryData = signatures.map((bytes, at) => [
    `${name}-${at + 1}`,
    Buffer.from(bytes).toString('base64'),
  ]);
  return yaml({
    apiVersion: 'v1',
    binaryData: Object.fromEntries(binaryData),
    kind: 'ConfigMap',
    metadata: {
      labels: { 'release.openshift.io/verification-signatures': '' },
      name,
      namespace: 'openshift-config-managed',
    },
  });
}

/** YAML as the tools of Kubernetes write it. */
const yaml = (value: object): string =>
  stringify(value, { indentSeq: false, lineWidth: 0, aliasDuplicateObjects: false });
