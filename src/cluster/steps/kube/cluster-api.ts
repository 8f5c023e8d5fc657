import type { z } from 'zod';
import { hasCode } from '../../../kernel/index.ts';
import type { CallOptions, Kube, KubeList } from './create-kube.ts';
import {
  configMapSchema,
  type KubeNode,
  type KubeOperator,
  type KubePod,
  type KubePool,
  type KubeRequest,
  type KubeVersion,
  nodeSchema,
  operatorSchema,
  podSchema,
  poolSchema,
  requestSchema,
  routeSchema,
  versionSchema,
} from './objects.ts';

/** A certificate signing request with the object as the API gave it, which is what an approval sends back. */
export interface StoredRequest extends KubeRequest {
  readonly raw: Readonly<Record<string, unknown>>;
  /** The path of the object. */
  readonly path: string;
}

/** What an installation asks of a cluster; entries of a form that nobody knows are passed over. */
export interface ClusterApi {
  readonly kube: Kube;
  isUp(options?: CallOptions): Promise<boolean>;
  /** True as soon as bootkube said that it is done (ConfigMap kube-system/bootstrap). */
  bootstrapComplete(options?: CallOptions): Promise<boolean>;
  nodes(options?: CallOptions): Promise<readonly KubeNode[]>;
  requests(options?: CallOptions): Promise<readonly StoredRequest[]>;
  /** Something each time that a request comes or changes, from now on; see `Kube.watch`. */
  requestsChanging(options?: CallOptions): AsyncIterable<unknown>;
  approve(request: StoredRequest, message: string, options?: CallOptions): Promise<void>;
  operators(options?: CallOptions): Promise<readonly KubeOperator[]>;
  pools(options?: CallOptions): Promise<readonly KubePool[]>;
  version(options?: CallOptions): Promise<KubeVersion | undefined>;
  /** The address of the console; undefined while it has none. */
  console(options?: CallOptions): Promise<string | undefined>;
  pods(namespace: string, options?: CallOptions): Promise<readonly KubePod[]>;
  close(): void;
}

const requestsPath = (version: string) => `/apis/certificates.k8s.io/${version}/certificatesigningrequests`;
const configPath = '/apis/config.openshift.io/v1';
/** A name of an object may stand in a path. */
const pathName = /^[a-z0-9](?:[a-z0-9.:-]{0,251}[a-z0-9])?$/;

/** The parts of a Kubernetes API that OpenShift's installation is seen in. */
export function createClusterApi(kube: Kube): ClusterApi {
  /** Kubernetes up to 1.18, which is OpenShift 4.5, has version v1beta1 alone. */
  let requestsVersion: string | undefined;
  const requestList = async (options?: CallOptions): Promise<readonly [string, KubeList]> => {
    if (requestsVersion === undefined) {
      const isThere = await kube.get('/apis/certificates.k8s.io/v1', options);
      requestsVersion = isThere === undefined ? 'v1beta1' : 'v1';
    }
    const path = requestsPath(requestsVersion);
    return [path, await kube.list(path, options)];
  };
  const listed = async <S extends z.ZodType>(path: string, schema: S, options?: CallOptions) =>
    known((await kube.list(path, options)).items, schema);

  return {
    kube,
    close: () => kube.close(),

    async isUp(options) {
      try {
        return (await kube.get('/version', options)) !== undefined;
      } catch (error) {
        if (hasCode(error, 'cluster.apiUnreachable') || hasCode(error, 'cluster.apiFailed')) return false;
        throw error;
      }
    },

    async bootstrapComplete(options) {
      const map = configMapSchema.safeParse(
        await kube.get('/api/v1/namespaces/kube-system/configmaps/bootstrap', options),
      );
      return map.data?.data?.status === 'complete';
    },

    nodes: (options) => listed('/api/v1/nodes', nodeSchema, options),

    async requests(options) {
      const [path, { items }] = await requestList(options);
      return items.flatMap((raw) => {
        const parsed = requestSchema.safeParse(raw);
        const name = parsed.data?.metadata.name ?? '';
        if (!parsed.success || !pathName.test(name)) return [];
        return [{ ...parsed.data, raw: raw as Record<string, unknown>, path: `${path}/${name}` }];
      });
    },

    async *requestsChanging(options) {
      const [path, { resourceVersion }] = await requestList(options);
      yield* kube.watch(path, resourceVersion, options);
    },

    async approve({ path, raw, status }, message, options) {
      const approved = {
        type: 'Approved',
        status: 'True',
        reason: 'HoldfastPlan',
        message,
        lastUpdateTime: new Date().toISOString(),
      };
      const conditions = [...(status?.conditions ?? []), approved];
      const body = { ...raw, status: { ...(raw.status as object | undefined), conditions } };
      await kube.put(`${path}/approval`, body, options);
    },

    operators: (options) => listed(`${configPath}/clusteroperators`, operatorSchema, options),
    pools: (options) =>
      listed('/apis/machineconfiguration.openshift.io/v1/machineconfigpools', poolSchema, options),

    async version(options) {
      const found = await kube.get(`${configPath}/clusterversions/version`, options);
      return versionSchema.safeParse(found).data;
    },

    async console(options) {
      const path = '/apis/route.openshift.io/v1/namespaces/openshift-console/routes/console';
      const host = routeSchema.safeParse(await kube.get(path, options)).data?.spec.host;
      return host !== undefined && /^[a-z0-9.-]{1,253}$/.test(host) ? `https://${host}` : undefined;
    },

    async pods(namespace, options) {
      if (!pathName.test(namespace)) return [];
      return listed(`/api/v1/namespaces/${namespace}/pods`, podSchema, options);
    },
  };
}

function known<S extends z.ZodType>(items: readonly unknown[], schema: S): readonly z.infer<S>[] {
  return items.flatMap((item) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [parsed.data] : [];
  });
}
