import type { OnProgress } from '../../../kernel/index.ts';
import type { LeftReason } from '../csr/types.ts';
import type { Freshness, StoredGeneration } from '../ignition/index.ts';
import type { ClusterApi } from '../kube/index.ts';
import type { Told } from './told.ts';

/** The states of an installation, in their order. */
export const stepIds = [
  'mirror',
  'serve',
  'preflight',
  'ignition',
  'bootstrap',
  'masters',
  'complete',
  'drain',
  'workers',
  'approvals',
  'operators',
  'handover',
] as const;
export type StepId = (typeof stepIds)[number];

/** What looking at a step shows: that it is done, by what evidence; or what it waits for, and what a person does next. */
export type Look =
  | { readonly done: true; readonly evidence: readonly Told[] }
  | { readonly done: false; readonly waitsFor: readonly Told[]; readonly next?: Told };

export interface LookOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** A fetch from the file service. */
export interface FileFetch {
  readonly address: string;
  /** Below the service's root, for example `ignition/bootstrap.ign`. */
  readonly path: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** False where the plan has nobody at this address who fetches this. */
  readonly asPlanned: boolean;
}

/** The bastion's services, wherever they run. */
export interface Services {
  /** Done where everything that the plan has Holdfast serve is served. */
  look(options?: LookOptions): Promise<Look>;
  /** Takes a machine out of the balancer for new sessions and tells how far that is; again and again it is the same. */
  drain(name: string, options?: LookOptions): Promise<Look>;
  /** Who fetched what; undefined where an engine serves files that does not tell. */
  fileFetches(options?: LookOptions): Promise<readonly FileFetch[] | undefined>;
}

/** What an installation needs around it. Each is looked at again when an installation goes on. */
export interface InstallPorts {
  readonly mirror: { look(options?: LookOptions): Promise<Look> };
  readonly services: Services;
  readonly preflight: { look(options?: LookOptions): Promise<Look> };
  readonly ignition: {
    /** A fresh generation of the plan, made where there is none. */
    ensure(options?: LookOptions): Promise<StoredGeneration>;
    current(): Promise<StoredGeneration | undefined>;
  };
  /** The cluster's API by the kubeconfig of a generation. */
  connect(kubeconfig: string): Promise<ClusterApi>;
}

/** How far a machine is. */
export type NodeState =
  | 'awaited'
  | 'installing'
  | 'booting'
  | 'serving'
  | 'finished'
  | 'left'
  | 'joining'
  | 'ready';

/** What happened, as lines of `--json` tell it. */
export type InstallEvent = { readonly at: number } & (
  | { readonly kind: 'begun' | 'done'; readonly step: StepId; readonly evidence?: readonly Told[] }
  | {
      readonly kind: 'waiting';
      readonly step: StepId;
      readonly waitsFor: readonly Told[];
      readonly next?: Told;
    }
  | { readonly kind: 'node'; readonly node: string; readonly state: NodeState }
  | { readonly kind: 'approved'; readonly request: string; readonly host: string; readonly usage: string }
  | { readonly kind: 'left'; readonly request: string; readonly reason: LeftReason; readonly detail: string }
  | { readonly kind: 'warning'; readonly step: StepId; readonly told: Told }
  | { readonly kind: 'finished' }
);

/** A node of the picture of a cluster; times are epoch milliseconds. */
export interface NodeView {
  readonly name: string;
  readonly host: string;
  readonly role: 'bootstrap' | 'master' | 'worker';
  readonly address: string;
  readonly state: NodeState;
  readonly since: number | null;
}

export interface StepView {
  readonly id: StepId;
  readonly state: 'pending' | 'active' | 'done';
  readonly since: number | null;
  readonly doneAt: number | null;
  readonly evidence: readonly Told[];
  readonly waitsFor: readonly Told[];
  readonly next: Told | null;
  /** How long it normally takes at most; null where that is up to people. */
  readonly limitMs: number | null;
  readonly late: boolean;
}

/** An installation as a person is shown it; what the command line prints and the web interface draws. */
export interface InstallView {
  readonly format: 1;
  readonly cluster: { readonly name: string; readonly zone: string; readonly version: string };
  readonly state: 'notStarted' | 'running' | 'finished';
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** The step that is being worked at; null before and after. */
  readonly active: StepId | null;
  readonly steps: readonly StepView[];
  readonly nodes: readonly NodeView[];
  /** The countdown of the certificates in the ignition files; null before there are any. */
  readonly certificates: {
    readonly generation: string;
    readonly createdAt: number;
    /** When an installation should have been begun with them. */
    readonly useBy: number;
    readonly expiresAt: number;
    readonly freshness: Freshness;
  } | null;
  readonly approved: readonly Approval[];
  /** Requests that were left as they are, with the reason. */
  readonly left: readonly LeftRequest[];
  readonly operators: { readonly available: number; readonly total: number } | null;
  readonly warnings: readonly (Told & { readonly at: number })[];
  readonly kubeconfig: string | null;
  readonly console: string | null;
}

export interface Approval {
  readonly at: number;
  readonly request: string;
  readonly host: string;
  readonly usage: 'client' | 'serving';
}

export interface LeftRequest {
  readonly at: number;
  readonly request: string;
  readonly reason: LeftReason;
  readonly detail: string;
}
