import { parse } from 'yaml';
import { hasCode } from '../../../kernel/index.ts';
import type { Kube } from '../kube/index.ts';

const collections: Readonly<Record<string, string>> = {
  ImageContentSourcePolicy: '/apis/operator.openshift.io/v1alpha1/imagecontentsourcepolicies',
  ImageDigestMirrorSet: '/apis/config.openshift.io/v1/imagedigestmirrorsets',
  ConfigMap: '/api/v1/namespaces/openshift-config-managed/configmaps',
};

interface KubeObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
}

/** Puts objects that announce a release into a cluster, or in the place of those that are there; gives `Kind/name` of each. */
export async function putObjects(kube: Kube, yamls: readonly string[]): Promise<readonly string[]> {
  const put: string[] = [];
  for (const text of yamls) {
    const object = parse(text) as KubeObject;
    const { kind, metadata } = object;
    const collection = collections[kind];
    if (!collection) throw new TypeError(`No place is known for a ${kind}`);
    try {
      await kube.post(collection, object);
    } catch (error) {
      if (!hasCode(error, 'cluster.apiFailed') || error.details.status !== 409) throw error;
      const path = `${collection}/${metadata.name}`;
      const held = (await kube.get(path)) as KubeObject | undefined;
      // The version says that nobody changed it in between.
      const resourceVersion = held?.metadata.resourceVersion;
      await kube.put(path, { ...object, metadata: { ...metadata, resourceVersion } });
    }
    put.push(`${kind}/${metadata.name}`);
  }
  return put;
}
