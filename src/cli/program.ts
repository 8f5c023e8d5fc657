import type { Auth } from '../auth/index.ts';
import type {
  ExportOptions,
  ExportPlan,
  ImportedBundle,
  ImportOptions,
  RepairOptions,
  WrittenRepair,
} from '../bundle/index.ts';
import type { CopiedOut, MirrorPlace, SnapshotReaders } from '../capture/index.ts';
import type { BastionEvent, BastionState } from '../cluster/steps/index.ts';
import type { Config } from '../config/index.ts';
import type { ImagePlace } from '../images/index.ts';
import type { Jobs, Runner } from '../jobs/index.ts';
import type { Digest, OnProgress } from '../kernel/index.ts';
import type { Hold, IdMatch, Link, Links, Retention, Snapshot, Surplus } from '../links/index.ts';
import type { Authority, Quotas, Robots } from '../registry/index.ts';
import type { BlobStore, Collected } from '../store/index.ts';
import type { Language } from '../texts/index.ts';

/** The rooms over one data folder. What is slow to load comes as a promise, and only when it is asked for. */
export interface Workspace {
  readonly links: Links;
  readonly jobs: Jobs;
  readonly store: BlobStore;
  readonly auth: Auth;
  readonly registry: {
    readonly robots: Robots;
    readonly quotas: Quotas;
    readonly authority: Authority;
  };
  readers(): Promise<SnapshotReaders>;
  /** The links and snapshots whose id begins so; one of exactly that id stands alone. */
  idsLike(start: string): Promise<readonly IdMatch[]>;
  /** The manifests of what was made later for a snapshot's manifest. */
  referrers(manifest: Digest): Promise<readonly Digest[]>;
  readonly retention: Retention;
  /** The manifests that others than links keep. */
  otherRoots(): AsyncIterable<Digest>;
  /** Blobs that others keep by themselves for now, such as those of a push under way. */
  otherBlobs(): Promise<readonly Digest[]>;
  /** Runs work under a hold, see `Holds.holdWhile`. */
  holdWhile<R>(hold: Partial<Hold>, work: (signal: AbortSignal) => Promise<R>): Promise<R>;
  /** Lets snapshots go by the configured rules and frees what nothing needs. */
  collectGarbage(request: GarbageRequest): Promise<GarbageReport>;
  readonly carry: Carry;
  readonly transfer: Transfer;
  /** Where releases are served from here; `isServed` is false where the registry is off. */
  readonly mirror: MirrorPlace & { readonly isServed: boolean };
  /** A runner, not started, of these jobs alone; with the capture engine. */
  runnerOf(jobIds: readonly string[]): Promise<Runner>;
  close(): Promise<void>;
}

/** See `CollectOptions` of the store. */
export interface GarbageRequest {
  readonly graceMs?: number;
  readonly dryRun?: boolean;
  readonly everything?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** A link whose rules let snapshots go. */
export interface ThinnedLink {
  readonly link: string;
  readonly url: string;
  readonly kept: number;
  readonly removed: readonly Surplus[];
  /** What of their bytes nothing else needs; what several links shared counts for the first. */
  readonly freedBytes: number;
}

export interface GarbageReport extends Collected {
  readonly links: readonly ThinnedLink[];
  /** False where no rules are set, so that no snapshot goes. */
  readonly hasRules: boolean;
}

/** What goes to another data folder and comes from one, without a network. */
export interface Carry {
  export(options: ExportOptions): Promise<ExportPlan>;
  import(folder: string, options: ImportOptions): Promise<ImportedBundle>;
  repair(options: RepairOptions): Promise<WrittenRepair>;
  /** What the store holds, for whoever exports to it. */
  receipt(): AsyncIterable<Uint8Array>;
}

/** How a registry is spoken to. */
export interface RegistryFlags {
  readonly plainHttp?: boolean;
  /** Certificates (PEM) of a private authority. */
  readonly ca?: string;
}

/** A copy to somewhere outside the store. */
export interface CopyRequest {
  /** A snapshot that kept bytes, or a place that is read directly. */
  readonly from: ImagePlace | (Snapshot & { readonly digest: Digest });
  readonly to: ImagePlace;
  readonly source: RegistryFlags;
  readonly target: RegistryFlags;
  /** Of an image that is read from a registry: only these platforms. */
  readonly platforms?: readonly string[];
  /** A file with logins, asked before the configured ones. */
  readonly authFile?: string;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** A folder or an archive of images that becomes snapshots. */
export interface TakeInRequest {
  readonly place: Exclude<ImagePlace, { kind: 'registry' }>;
  readonly tags: readonly string[];
  /** What its images are called here, `docker://host/repository`. */
  readonly as?: string;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

export interface TookIn {
  readonly place: string;
  /** `isKnown` where the link showed a snapshot of just that before. */
  readonly taken: readonly { readonly link: Link; readonly snapshot: Snapshot; readonly isKnown: boolean }[];
  /** Digests of images without a link, since nothing says what they are called. */
  readonly unnamed: readonly string[];
  readonly copiedBytes: number;
}

/** Images from and to registries, folders and archives. */
export interface Transfer {
  copy(request: CopyRequest): Promise<CopiedOut>;
  takeIn(request: TakeInRequest): Promise<TookIn>;
}

/** A server that listens. */
export interface RunningServer {
  /** The addresses to open in a browser, the interface's first. */
  readonly address: string;
  readonly replayAddress: string;
  /** Where the registry listens; undefined where there is none. */
  readonly registryAddress: string | undefined;
  /** The file with the code that makes the first administrator, where a login is asked for and nobody exists yet. */
  readonly setupCodeFile: string | undefined;
  stop(): Promise<void>;
}

/** What the command line is given by the composition root. */
export interface Program {
  readonly version: string;
  /** The data folder where nothing names one. */
  readonly defaultData: string;
  open(config: Config): Promise<Workspace>;
  serve(config: Config): Promise<RunningServer>;
  /** Starts the bastion of a plan, and the server beside it. */
  serveBastion(config: Config, request: BastionRequest): Promise<RunningBastionServer>;
}

/** How a bastion is to be started; paths are absolute. */
export interface BastionRequest {
  readonly plan: string;
  /** The work folder of the cluster; in the data folder unless it is named. */
  readonly work?: string;
  /** Where images of RHCOS lie; `images` in the work folder unless it is named. */
  readonly images?: string;
  /** Blobs of the store that are served under paths of the plan. */
  readonly files: ReadonlyMap<string, Digest>;
  /** Services that are left to others, whatever the plan says. */
  readonly without: ReadonlySet<string>;
  /** The language of what the file service says to people at consoles. */
  readonly language: Language;
  /** Why an ignition file is not given out any more; epoch milliseconds. */
  readonly expired: (at: number) => string;
  readonly onEvent: (event: BastionEvent) => void;
}

export interface RunningBastionServer extends RunningServer {
  /** The zone of the cluster. */
  readonly cluster: string;
  /** As it is at its start. */
  readonly bastion: BastionState;
}
