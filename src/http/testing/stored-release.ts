import { digestOf } from '../../kernel/index.ts';
import type { Links } from '../../links/index.ts';
import type { BlobStore } from '../../store/index.ts';
import { storeImage, storeImageSnapshot, type TestLayer, type TestRoot } from './stored-images.ts';
import { newSnapshot } from './stored-snapshot.ts';

/** The components of OpenShift 4.5.9. */
export const componentNames: readonly string[] = `
  aws-machine-controllers aws-pod-identity-webhook azure-machine-controllers baremetal-installer
  baremetal-machine-controllers baremetal-operator baremetal-runtimecfg cli cli-artifacts
  cloud-credential-operator cluster-authentication-operator cluster-autoscaler cluster-autoscaler-operator
  cluster-bootstrap cluster-config-operator cluster-csi-snapshot-controller-operator cluster-dns-operator
  cluster-etcd-operator cluster-image-registry-operator cluster-ingress-operator
  cluster-kube-apiserver-operator cluster-kube-controller-manager-operator cluster-kube-scheduler-operator
  cluster-kube-storage-version-migrator-operator cluster-machine-approver cluster-monitoring-operator
  cluster-network-operator cluster-node-tuned cluster-node-tuning-operator
  cluster-openshift-apiserver-operator cluster-openshift-controller-manager-operator
  cluster-policy-controller cluster-samples-operator cluster-storage-operator
  cluster-svcat-apiserver-operator cluster-svcat-controller-manager-operator cluster-update-keys
  cluster-version-operator configmap-reloader console console-operator container-networking-plugins coredns
  csi-snapshot-controller deployer docker-builder docker-registry etcd gcp-machine-controllers grafana
  haproxy-router hyperkube insights-operator installer installer-artifacts ironic
  ironic-hardware-inventory-recorder ironic-inspector ironic-ipa-downloader ironic-machine-os-downloader
  ironic-static-ip-manager jenkins jenkins-agent-maven jenkins-agent-nodejs k8s-prometheus-adapter
  keepalived-ipfailover kube-client-agent kube-etcd-signer-server kube-proxy kube-rbac-proxy
  kube-state-metrics kube-storage-version-migrator kuryr-cni kuryr-controller libvirt-machine-controllers
  local-storage-static-provisioner machine-api-operator machine-config-operator machine-os-content
  mdns-publisher multus-admission-controller multus-cni multus-route-override-cni
  multus-whereabouts-ipam-cni must-gather oauth-proxy oauth-server openshift-apiserver
  openshift-controller-manager openshift-state-metrics openstack-machine-controllers
  operator-lifecycle-manager operator-marketplace operator-registry ovirt-machine-controllers ovn-kubernetes
  pod prom-label-proxy prometheus prometheus-alertmanager prometheus-config-reloader
  prometheus-node-exporter prometheus-operator sdn service-ca-operator telemeter tests thanos tools
`
  .trim()
  .split(/\s+/);

const platform = { os: 'linux', architecture: 'amd64' };
const version = '4.5.9';
const repository = 'quay.io/openshift-release-dev/ocp-release';
const base: readonly TestLayer[] = [
  { name: 'ubi8', size: 76_275_160, createdBy: 'ADD file:ubi8 in /' },
  { name: 'ubi8 repositories', size: 1_554, createdBy: 'COPY repositories /etc/yum.repos.d' },
  { name: 'openshift base', size: 4_620_731, createdBy: 'RUN yum install -y openshift-clients-common' },
];

/** Puts the release with its 109 components into a store; gives the digest of the snapshot. */
export async function storeRelease(store: BlobStore) {
  const image = (name: string, size: number) =>
    storeImage(store, {
      platform,
      layers: [...base, { name, size, createdBy: `COPY /usr/bin/${name} /usr/bin/` }],
      labels: {
        'io.k8s.display-name': name,
        'io.openshift.build.versions': `${name}=${version}`,
        vendor: 'Red Hat, Inc.',
      },
      entrypoint: [`/usr/bin/${name}`],
    });
  const roots: TestRoot[] = [
    {
      descriptor: await image('cluster-version-operator', 29_400_112),
      repository,
      imageTag: `${version}-x86_64`,
      role: 'release',
    },
  ];
  for (const [at, name] of componentNames.entries())
    roots.push({
      descriptor: await image(name, 8_200_000 + ((at * 7_919_317) % 61_000_000)),
      repository: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev',
      imageTag: `${version}-${name}`,
    });
  roots.push({ descriptor: roots[0]!.descriptor, repository, imageTag: version });
  const release = { version, architecture: 'x86_64' };
  const title = 'OpenShift 4.5.9 (x86_64)';
  return storeImageSnapshot(store, { kind: 'release', title, release }, roots);
}

/** Adds a link to that release with its snapshot. */
export async function storedRelease({ links, store }: { links: Links; store: BlobStore }) {
  const url = `docker://${repository}:${version}-x86_64`;
  const [added] = await links.add([{ url, tags: ['ocp/4.5'] }]);
  const key = digestOf('a key').slice(7, 47).toUpperCase();
  const snapshot = newSnapshot(added!.link.id, await storeRelease(store), {
    kind: 'release',
    title: 'OpenShift 4.5.9 (x86_64)',
    finalUrl: url,
    language: '',
    formats: [],
    evidence: [
      {
        code: 'releaseMirrored',
        details: { version, architecture: 'x86_64', components: componentNames.length },
      },
      { code: 'signatureVerified', details: { key } },
      { code: 'imageCopied', details: { manifests: 111, blobs: 336, platforms: 'linux/amd64' } },
    ],
    measures: { resources: 447, missing: 0, sizeBytes: 4_254_001_337, characters: 0, durationMs: 74_000 },
    searchText: 'OpenShift 4.5.9',
  });
  const { id } = await links.recordSnapshot(snapshot);
  return { id, linkId: added!.link.id };
}
