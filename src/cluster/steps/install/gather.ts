import { join } from 'node:path';
import { errorText } from '../../../kernel/index.ts';
import type { ClusterApi, KubeOperator, KubePod } from '../kube/index.ts';
import { isTrue } from '../kube/index.ts';
import { makePrivateFolder, writePrivateFile } from '../private-file.ts';
import { isUp } from './looks-join.ts';

const mostOperators = 8;
const mostPods = 20;
const logLines = 500;
const logBytes = 1024 ** 2;
/** Kubernetes' own names, which may be names of files too. */
const plainName = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/**
 * Collects into a new folder what tells why a cluster does not come up: the states of version, operators, nodes and machine
 * pools, and the logs of the pods that are not ready in the namespaces of the operators that are not up. No Secret is read.
 * What cannot be had is named in errors.txt; gives the folder.
 */
export async function gather(
  api: ClusterApi | undefined,
  folder: string,
  hints: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  await makePrivateFolder(folder);
  const faults: string[] = [];
  const options = signal ? { signal } : {};
  const attempt = async <R>(what: string, work: () => Promise<R>): Promise<R | undefined> => {
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      faults.push(`${what}: ${errorText(error)}`);
      return undefined;
    }
  };
  const save = async (name: string, work: () => Promise<unknown>) => {
    const value = await attempt(name, work);
    if (value !== undefined)
      await writePrivateFile(join(folder, `${name}.json`), `${JSON.stringify(value, undefined, 2)}\n`);
  };
  if (api) {
    const { kube } = api;
    const config = '/apis/config.openshift.io/v1';
    await save('clusterversion', () => kube.get(`${config}/clusterversions/version`, options));
    await save('clusteroperators', () => kube.list(`${config}/clusteroperators`, options));
    await save('nodes', () => kube.list('/api/v1/nodes', options));
    await save('machineconfigpools', () =>
      kube.list('/apis/machineconfiguration.openshift.io/v1/machineconfigpools', options),
    );
    const operators = (await attempt('operators', () => api.operators(options))) ?? [];
    const down = operators.filter((it) => !isUp(it)).slice(0, mostOperators);
    for (const namespace of new Set(down.flatMap(namespacesOf))) {
      const pods = (await attempt(namespace, () => api.pods(namespace, options))) ?? [];
      for (const pod of pods.filter(isUnready).slice(0, mostPods))
        await attempt(`${namespace}/${pod.metadata.name}`, () =>
          saveLogs(api, pod, namespace, folder, signal),
        );
    }
  }
  await writePrivateFile(join(folder, 'next.txt'), `${hints.join('\n')}\n`);
  if (faults.length > 0) await writePrivateFile(join(folder, 'errors.txt'), `${faults.join('\n')}\n`);
  return folder;
}

function namespacesOf({ metadata, status }: KubeOperator): readonly string[] {
  const named = (status?.relatedObjects ?? [])
    .filter(({ resource, group }) => resource === 'namespaces' && group === '')
    .map(({ name }) => name)
    .filter((name) => name.startsWith('openshift') && plainName.test(name));
  return named.length > 0 ? named.slice(0, 4) : [`openshift-${metadata.name}`];
}

const isUnready = (pod: KubePod) => pod.status?.phase !== 'Succeeded' && !isTrue(pod, 'Ready');

async function saveLogs(
  { kube }: ClusterApi,
  { metadata, spec }: KubePod,
  namespace: string,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!plainName.test(metadata.name)) return;
  const place = join(folder, 'logs', namespace);
  await makePrivateFolder(place);
  for (const { name } of spec.containers) {
    if (!plainName.test(name)) continue;
    const path = `/api/v1/namespaces/${namespace}/pods/${metadata.name}/log?container=${name}&tailLines=${logLines}`;
    const text = await kube.text(path, logBytes, signal ? { signal } : {});
    await writePrivateFile(join(place, `${metadata.name}.${name}.log`), text);
  }
}
