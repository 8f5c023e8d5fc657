export type { ClusterApi, StoredRequest } from './cluster-api.ts';
export { createClusterApi } from './cluster-api.ts';
export type { Kube } from './create-kube.ts';
export { createKube } from './create-kube.ts';
export type { KubeAccess } from './kubeconfig.ts';
export { parseKubeconfig } from './kubeconfig.ts';
export type { KubeNode, KubeOperator, KubePod, KubePool, KubeVersion } from './objects.ts';
export { conditionOf, isTrue } from './objects.ts';
