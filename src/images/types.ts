import type { Descriptor, Digest } from '../kernel/index.ts';

/** One repository that images are read from: of a registry, a layout, a mirror folder, or the store. */
export interface ImageSource {
  /** For errors and progress, for example `quay.io/openshift-release-dev/ocp-release`. */
  readonly name: string;
  /** What an image tag or a digest stands for; throws `images.notFound`. */
  resolve(reference: string): Promise<Descriptor>;
  /** The bytes of a manifest, checked against size and digest. */
  manifest(descriptor: Descriptor): Promise<Uint8Array>;
  /** The bytes of a blob from `start` on; not checked: whoever writes them down hashes them. */
  blob(descriptor: Descriptor, start?: number): Promise<AsyncIterable<Uint8Array>>;
  /** All image tags, sorted. */
  tags(): Promise<readonly string[]>;
  /** Artifacts whose `subject` is the manifest (distribution-spec "Listing Referrers", with its fallback tag). */
  referrers(subject: Digest): Promise<readonly Descriptor[]>;
}

/** One repository that images are written to. Writing what is there already costs no bytes. */
export interface ImageTarget {
  /** As in `ImageSource`; for a registry `host/repository`. */
  readonly name: string;
  /** True where the part is there; `repository` (`host/path`) is one that may hold it, so that it can be mounted from there. */
  takes(descriptor: Descriptor, from?: { repository: string }): Promise<boolean>;
  /** Writes a blob; `open` gives its bytes from an offset, and is called again after a break. */
  putBlob(descriptor: Descriptor, open: (start: number) => Promise<AsyncIterable<Uint8Array>>): Promise<void>;
  /** Writes a manifest whose parts are all there, under its digest and, where given, an image tag. */
  putManifest(descriptor: Descriptor, bytes: Uint8Array, tag?: string): Promise<void>;
  /**
   * The bytes of a manifest that is there, checked; undefined where it is not or is damaged. A target that has this may
   * hold a manifest without its parts, so that a copy looks at each; one without it is taken to hold an image whole.
   */
  heldManifest?(digest: Digest): Promise<Uint8Array | undefined>;
  /** What an image tag stands for there now. */
  tagged?(tag: string): Promise<Digest | undefined>;
}
