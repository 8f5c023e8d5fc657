import { z } from 'zod';

const text = z.string().max(20_000);
const condition = z.object({
  type: text,
  status: text.default('True'),
  reason: text.default(''),
  message: text.default(''),
  lastTransitionTime: text.default(''),
});
const conditions = z.array(condition).max(200).nullish();
const metadata = z.object({
  name: text,
  namespace: text.default(''),
  creationTimestamp: text.default(''),
  labels: z.record(z.string(), z.string()).nullish(),
});

export const nodeSchema = z.object({ metadata, status: z.object({ conditions }).nullish() });

export const requestSchema = z.object({
  metadata,
  spec: z.object({
    request: z.string().max(64 * 1024),
    signerName: text.nullish(),
    username: text.default(''),
    groups: z.array(text).max(100).nullish(),
    usages: z.array(text).max(50).nullish(),
  }),
  status: z.object({ conditions, certificate: z.string().nullish() }).nullish(),
});

export const operatorSchema = z.object({
  metadata,
  status: z
    .object({
      conditions,
      relatedObjects: z
        .array(z.object({ group: text.default(''), resource: text, name: text.default('') }))
        .max(500)
        .nullish(),
    })
    .nullish(),
});

export const versionSchema = z.object({
  metadata,
  status: z
    .object({
      conditions,
      desired: z.object({ version: text.default(''), image: text.default('') }).nullish(),
      history: z
        .array(z.object({ state: text, version: text.default(''), image: text.default('') }))
        .nullish(),
    })
    .nullish(),
});

export const poolSchema = z.object({
  metadata,
  status: z
    .object({
      machineCount: z.number().default(0),
      readyMachineCount: z.number().default(0),
      degradedMachineCount: z.number().default(0),
      conditions,
    })
    .nullish(),
});

export const podSchema = z.object({
  metadata,
  spec: z.object({ containers: z.array(z.object({ name: text })).max(50) }),
  status: z.object({ phase: text.default(''), conditions }).nullish(),
});

export const routeSchema = z.object({ spec: z.object({ host: text }) });
export const configMapSchema = z.object({ data: z.record(z.string(), z.string()).nullish() });

export type KubeNode = z.infer<typeof nodeSchema>;
export type KubeRequest = z.infer<typeof requestSchema>;
export type KubeOperator = z.infer<typeof operatorSchema>;
export type KubeVersion = z.infer<typeof versionSchema>;
export type KubePool = z.infer<typeof poolSchema>;
export type KubePod = z.infer<typeof podSchema>;
type Conditions = z.infer<typeof conditions>;

/** A condition of an object's status. */
export function conditionOf(of: { status?: { conditions?: Conditions } | null | undefined }, type: string) {
  return of.status?.conditions?.find((it) => it.type === type);
}

/** True where the condition is there and says `True`. */
export const isTrue = (of: Parameters<typeof conditionOf>[0], type: string): boolean =>
  conditionOf(of, type)?.status === 'True';
