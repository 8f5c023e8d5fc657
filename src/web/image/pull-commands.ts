/** Where images are pulled from. */
export interface PullPlace {
  /** `host:port` */
  readonly address: string;
  readonly secure: boolean;
}

const insecure = ({ secure }: PullPlace): string => (secure ? '' : ' --tls-verify=false');

/** The reference by which an image is found in our registry: `bastion:5000/tools/curl:8`. */
export const referenceHere = (
  place: PullPlace,
  repository: string,
  tag: string | undefined,
  digest: string,
): string => `${place.address}/${repository}${tag === undefined ? `@${digest}` : `:${tag}`}`;

/** The command that pulls a reference. */
export const pullCommand = (place: PullPlace, reference: string): string =>
  `podman pull${insecure(place)} ${reference}`;

/** The command that logs in. */
export const loginCommand = (place: PullPlace): string => `podman login${insecure(place)} ${place.address}`;

/** The repository of our registry that serves what came from `host/path` (the whole release is one). */
export const servedAs = (kind: 'image' | 'release', repository: string): string =>
  kind === 'release' ? 'openshift/release' : repository.slice(repository.indexOf('/') + 1);
