import type { Digest, OnProgress } from '../../../kernel/index.ts';

/** What a generation of ignition files is made from. */
export interface IgnitionInputs {
  /** The path of `openshift-install`. */
  readonly installer: string;
  /** The text of install-config.yaml, pull secret included. */
  readonly installConfig: string;
  /** The pullspec that is installed in place of the one in the program (`OPENSHIFT_INSTALL_RELEASE_IMAGE_OVERRIDE`). */
  readonly releaseImage?: string;
  /**
   * What the plan puts among the manifests, by path below the folder of openshift-install; a file that is there gives way.
   */
  readonly manifests: ReadonlyMap<string, string>;
  /** A folder with manifests of the user's own. */
  readonly extraManifests?: string;
  /** A single node that bootstraps in place. */
  readonly singleNode: boolean;
}

export interface MakeOptions {
  readonly signal?: AbortSignal;
  /** Stages `ignitionManifests`, `ignitionApply`, `ignitionConfigs`, `ignitionVerify`; in steps. */
  readonly onProgress?: OnProgress;
  /** What the program says, line by line, without secrets. */
  readonly onLine?: (line: string) => void;
}

/** A file that a machine fetches at its first boot. */
export interface IgnitionFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** As `coreos-installer --ignition-hash` takes it, without `sha512-`. */
  readonly sha512: string;
  /** When the first certificate in it ends; epoch milliseconds. */
  readonly expiresAt: number;
}

/** One run of `openshift-install`: files that belong together, since they share an authority. */
export interface Generation {
  readonly id: string;
  readonly kind: 'cluster' | 'singleNode';
  readonly createdAt: number;
  /** Of everything that it was made from. */
  readonly inputs: Digest;
  readonly files: readonly IgnitionFile[];
  /** When the first of the certificates that bring the cluster up ends; epoch milliseconds. */
  readonly expiresAt: number;
  /** `certificates` where it was read from them, `time` where 24 hours were counted. */
  readonly expiryFrom: 'certificates' | 'time';
  /** How many certificates live one day. */
  readonly shortLived: number;
}

/** A generation with where it lies. */
export interface StoredGeneration extends Generation {
  readonly folder: string;
  readonly kubeconfig: string;
}

/** `aging` from 12 hours after it was made, when an installation should no longer be begun with it. */
export type Freshness = 'fresh' | 'aging' | 'expired';

const hourMs = 3_600_000;
/** How long the certificates live where nothing says otherwise. */
export const lifeMs = 24 * hourMs;
/** How long a generation should be begun with. */
export const useWithinMs = 12 * hourMs;

/** How old a generation is, as far as it matters. */
export function freshnessOf(
  generation: Pick<Generation, 'createdAt' | 'expiresAt'>,
  nowMs: number,
): Freshness {
  if (nowMs >= generation.expiresAt) return 'expired';
  return nowMs >= generation.createdAt + useWithinMs ? 'aging' : 'fresh';
}
