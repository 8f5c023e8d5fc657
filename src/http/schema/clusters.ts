import { z } from '@hono/zod-openapi';
import type { NodeState, StepId } from '../../cluster/steps/index.ts';

const time = z.iso.datetime();
const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()]);

const stepId = z.enum([
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
] satisfies readonly StepId[]);

const nodeState = z.enum([
  'awaited',
  'installing',
  'booting',
  'serving',
  'finished',
  'left',
  'joining',
  'ready',
] satisfies readonly NodeState[]);

const freshness = z.enum(['fresh', 'aging', 'expired']);
const installState = z.enum(['notStarted', 'running', 'finished']);
const servedBy = z.enum(['holdfast', 'rendered', 'external']);

/** A sentence in the reader's language. */
const told = z.object({ code: z.string(), text: z.string() }).openapi('ClusterTold');

const step = z
  .object({
    id: stepId,
    state: z.enum(['pending', 'active', 'done']),
    since: orNull(time),
    doneAt: orNull(time),
    evidence: z.array(told),
    waitsFor: z.array(told),
    /** What a person does next. */
    next: orNull(told),
    /** How long it normally takes at most; null where that is up to people. */
    limitMs: orNull(z.number()),
    late: z.boolean(),
  })
  .openapi('ClusterStep');

const nodeFile = z.object({
  path: z.string(),
  kind: z.enum(['ignition', 'image']),
  state: z.enum(['waiting', 'fetching', 'done', 'broken', 'refused']),
  sentBytes: z.number(),
  sizeBytes: orNull(z.number()),
  at: orNull(time),
});

const question = z
  .object({
    at: time,
    client: z.string(),
    /** The node of the plan that has this address. */
    node: orNull(z.string()),
    name: z.string(),
    type: z.string(),
    rcode: z.string(),
  })
  .openapi('ClusterQuestion');

const node = z
  .object({
    name: z.string(),
    host: z.string(),
    role: z.enum(['bootstrap', 'master', 'worker']),
    address: z.string(),
    /** The machine that this one is before: the worker that bootstrap becomes. */
    was: orNull(z.string()),
    state: nodeState,
    since: orNull(time),
    files: z.array(nodeFile),
    lastQuestion: orNull(question),
  })
  .openapi('ClusterNode');

const frontend = z
  .object({
    name: z.string(),
    host: z.string(),
    port: z.number(),
    available: z.boolean(),
    connections: z.number(),
    backends: z.array(
      z.object({
        name: z.string(),
        address: z.string(),
        /** awaited: it has not been up since the balancer began. */
        health: z.enum(['unknown', 'awaited', 'up', 'down']),
        since: time,
        drained: z.boolean(),
        sessions: z.number(),
        /** What the last check said. */
        detail: z.string(),
      }),
    ),
  })
  .openapi('ClusterFrontend');

const bastion = z
  .object({
    startedAt: time,
    /** True where it runs in the process of this server. */
    here: z.boolean(),
    listening: z.array(
      z.object({
        service: z.enum(['dns', 'balancer', 'files', 'stats']),
        addresses: z.array(z.string()),
      }),
    ),
    frontends: z.array(frontend),
    bootstrapLeft: z.boolean(),
    /** Fetches that do not agree with the plan, the newest first. */
    strangers: z.array(
      z.object({
        address: z.string(),
        path: z.string(),
        verdict: z.enum(['wrong-role', 'wrong-node', 'unplanned-path', 'unknown-address']),
        node: orNull(z.string()),
        times: z.number(),
        at: time,
      }),
    ),
    /** Files that nodes will ask for; `file` is where each is looked for, null for those that are made. */
    missing: z.array(z.object({ path: z.string(), file: orNull(z.string()) })),
    /** The newest first. */
    questions: z.array(question),
  })
  .openapi('ClusterBastion');

const certificates = z.object({
  generation: z.string(),
  createdAt: time,
  useBy: time,
  expiresAt: time,
  freshness,
});

const fault = z.object({ code: z.string(), text: z.string(), hint: orNull(z.string()) });

const common = {
  zone: z.string(),
  /** The server's clock. */
  at: time,
  version: orNull(z.string()),
  state: orNull(installState),
  /** The step that is being worked at. */
  active: orNull(stepId),
  certificates: orNull(certificates),
  faults: z.array(fault),
};

export const clusterList = z
  .object({
    clusters: z.array(
      z
        .object({
          ...common,
          doneSteps: z.number(),
          nodes: z.number(),
          readyNodes: z.number(),
          bastion: z.boolean(),
        })
        .openapi('ClusterSummary'),
    ),
  })
  .openapi('ClusterList');

export const cluster = z
  .object({
    ...common,
    /** Of the plan that was last used; null where none is kept. */
    plan: orNull(
      z.object({
        rhcos: z.string(),
        architecture: z.string(),
        network: z.string(),
        bastion: z.string(),
        registry: z.string(),
        serves: z.object({ dns: servedBy, balancer: servedBy, files: servedBy, registry: servedBy }),
      }),
    ),
    startedAt: orNull(time),
    finishedAt: orNull(time),
    steps: z.array(step),
    nodes: z.array(node),
    operators: orNull(z.object({ available: z.number(), total: z.number() })),
    /** Requests for certificates that were approved, and those that were left with the reason; the newest first. */
    approved: z.array(z.object({ at: time, request: z.string(), host: z.string(), usage: z.string() })),
    left: z.array(z.object({ at: time, request: z.string(), text: z.string() })),
    warnings: z.array(told.extend({ at: time })),
    kubeconfig: orNull(z.string()),
    /** Only where it is an https address. */
    console: orNull(z.string()),
    /** The newest first. */
    generations: z.array(
      z.object({ id: z.string(), createdAt: time, expiresAt: time, freshness, current: z.boolean() }),
    ),
    /** Null where none answers. */
    bastion: orNull(bastion),
  })
  .openapi('Cluster');

export const clusterPath = z.object({ zone: z.string().max(300) });
